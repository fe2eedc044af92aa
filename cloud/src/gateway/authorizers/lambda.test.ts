import { describe, expect, it } from 'vitest'
import type { AuthorizerDefinition } from '../definitions.ts'
import { lambda, testGateway, type TestGateway } from '../test-gateway.ts'

const judgeArn = 'arn:aws:lambda:us-east-1:123456789012:function:judge'
const api = 'arn:aws:execute-api:us-east-1:123456789012:api1/dev'
const httpApi = 'arn:aws:execute-api:us-east-1:123456789012:api1/$default'

type Judge = (event: Record<string, unknown>) => unknown

const policy = (Effect: string, Resource: string, more: object = {}) => ({
  principalId: 'ana',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }],
  },
  ...more,
})

/** An API whose function shows its request context, behind a function that judges. */
function serve(judge: Judge, definition: AuthorizerDefinition) {
  const questions: Record<string, unknown>[] = []
  const gateway: TestGateway = testGateway(() => null, {
    invoke: async (name, payload) => {
      const event = JSON.parse(payload) as Record<string, unknown> // the gateway writes objects
      if (name !== judgeArn) {
        const body = JSON.stringify(event['requestContext'])
        return { payload: JSON.stringify({ statusCode: 200, body }), requestId: 'r' }
      }
      questions.push(event)
      try {
        return { payload: JSON.stringify(judge(event)), requestId: 'r' }
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : ''
        return {
          payload: JSON.stringify({ errorMessage }),
          functionError: 'Unhandled',
          requestId: 'r',
        }
      }
    },
  })
  const common = { apiId: 'api1', name: 'api', basePath: 'api', authorizers: { a: definition } }
  const route = { method: 'GET', path: '/users/{id}', authorizer: 'a' }
  const http = definition.kind === 'request' && definition.format !== 'rest'
  if (http) {
    gateway.gateway.putHttpApi({
      ...common,
      stage: { name: '$default', variables: { color: 'red' } },
      routes: [
        { ...route, integration: lambda('2.0') },
        { ...route, path: '/v1', integration: lambda('1.0') },
      ],
    })
  } else {
    gateway.gateway.putRestApi({
      ...common,
      stage: { name: 'dev', variables: { color: 'red' } },
      routes: [
        { ...route, resourceId: 'res1', integration: lambda('1.0') },
        { ...route, method: 'POST', integration: lambda('1.0') },
      ],
    })
  }
  return { ...gateway, questions }
}

const contextOf = (body: unknown): unknown =>
  (JSON.parse(String(body)) as { authorizer: unknown }).authorizer // written by the function above

describe('a TOKEN authorizer', () => {
  const token = { kind: 'token', functionArn: judgeArn } as const

  it('asks the function about the token and shows what it said as texts', async () => {
    const context = { role: 'chief', age: 42, wise: true }
    const { get, questions } = serve(() => policy('Allow', `${api}/GET/*`, { context }), token)

    const answer = await get('/api/users/1', { authorization: 'secret' })

    expect(questions).toEqual([
      { type: 'TOKEN', methodArn: `${api}/GET/users/1`, authorizationToken: 'secret' },
    ])
    expect(contextOf(answer.body)).toEqual({
      role: 'chief',
      age: '42',
      wise: 'true',
      principalId: 'ana',
      integrationLatency: 0,
    })
  })

  it('does not ask without a token, or about one that does not match', async () => {
    const { get, questions } = serve(() => policy('Allow', '*'), {
      ...token,
      validationExpression: 'Bearer [a-z]+',
    })

    const answers = await Promise.all([
      get('/api/users/1'),
      get('/api/users/1', { authorization: 'Bearer 7' }),
      get('/api/users/1', { authorization: 'xBearer abc' }),
      get('/api/users/1', { authorization: 'Bearer abc' }),
    ])

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200])
    expect(questions).toHaveLength(1)
  })

  it.each<[string, Judge, number, string]>([
    [
      'an explicit deny',
      () => policy('Deny', '*'),
      403,
      '{"message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    [
      'no word about the method',
      () => policy('Allow', `${api}/PUT/*`),
      403,
      '{"message":"User is not authorized to access this resource"}',
    ],
    [
      'a failure that says Unauthorized',
      () => {
        throw new Error('Unauthorized')
      },
      401,
      '{"message":"Unauthorized"}',
    ],
    [
      'any other failure',
      () => {
        throw new Error('oh')
      },
      500,
      '{"message":"Internal server error"}',
    ],
    ['nothing', () => null, 500, '{"message":"Internal server error"}'],
    ['no principal', () => ({ ...policy('Allow', '*'), principalId: 7 }), 500, 'Internal'],
    ['no policy', () => ({ principalId: 'ana' }), 500, 'Internal'],
    ['a deep context', () => policy('Allow', '*', { context: { a: {} } }), 500, 'Internal'],
  ])('answers %s', async (_name, judge, status, body) => {
    const { get } = serve(judge, token)

    const answer = await get('/api/users/1', { authorization: 'x' })

    expect(answer.status).toBe(status)
    expect(answer.body).toContain(body)
  })

  it.each<[string, Judge, string]>([
    [
      'a failure',
      () => {
        throw new Error('oh')
      },
      'AuthorizerFailureException',
    ],
    ['nonsense', () => 'yes', 'AuthorizerConfigurationException'],
    ['no policy', () => ({ principalId: 'ana' }), 'AuthorizerConfigurationException'],
    ['a deny', () => policy('Deny', '*'), 'AccessDeniedException'],
  ])('names the kind of error after %s', async (_name, judge, type) => {
    const { get } = serve(judge, token)

    const answer = await get('/api/users/1', { authorization: 'x' })

    expect(answer.headers).toMatchObject({ 'x-amzn-ErrorType': type })
  })

  it('judges each call by the conditions of the policy, of a kept one too', async () => {
    const { policyDocument, ...rest } = policy('Allow', '*')
    const Condition = { StringLike: { 'aws:UserAgent': 'curl/*' } }
    const Statement = policyDocument.Statement.map((each) => ({ ...each, Condition }))
    const { get, questions } = serve(() => ({ ...rest, policyDocument: { Statement } }), token)
    const from = (agent: string) => get('/api/users/1', { authorization: 'x', 'user-agent': agent })

    const answers = [await from('curl/8.5'), await from('wget/1.2'), await from('curl/9')]

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200])
    expect(questions).toHaveLength(1)
  })

  it('keeps an answer for 300 seconds and asks it about other methods', async () => {
    const { get, send, questions, clock } = serve(() => policy('Allow', `${api}/GET/*`), token)
    const headers = { authorization: 'x' }

    const first = await get('/api/users/1', headers)
    const second = await get('/api/users/2', headers)
    const other = await send('POST', '/api/users/1', { headers })
    const asked = questions.length
    clock.advance(300_000)
    await get('/api/users/1', headers)

    expect([first.status, second.status, other.status]).toEqual([200, 200, 403])
    expect([asked, questions.length]).toEqual([1, 2])
  })

  it.each(['/api/users/root', '/api/users/ro%6Ft', '/api/users/root/'])(
    'is asked about the same path, however it is spelled: %s',
    async (path) => {
      const denied = policy('Deny', `${api}/GET/users/root`)
      const { policyDocument: other } = policy('Allow', '*')
      const Statement = [...denied.policyDocument.Statement, ...other.Statement]
      const { get } = serve(() => ({ ...denied, policyDocument: { Statement } }), token)

      const answers = [
        await get(path, { authorization: 'x' }),
        await get('/api/users/ana%2Froot', { authorization: 'x' }),
      ]

      expect(answers.map(({ status }) => status)).toEqual([403, 200])
    },
  )

  it('keeps no failures, and nothing for 0 seconds', async () => {
    let failing = true
    const { get, questions } = serve(
      () => {
        if (failing) throw new Error('oh')
        return policy('Allow', '*')
      },
      { ...token, resultTtlSeconds: 0 },
    )
    const headers = { authorization: 'x' }

    const failed = await get('/api/users/1', headers)
    failing = false
    const passed = [await get('/api/users/1', headers), await get('/api/users/1', headers)]

    expect([failed, ...passed].map(({ status }) => status)).toEqual([500, 200, 200])
    expect(questions).toHaveLength(3)
  })

  it('is given up on after 29 seconds', async () => {
    const gateway = testGateway(() => null, { invoke: () => new Promise(() => undefined) })
    gateway.gateway.putRestApi({
      apiId: 'api1',
      name: 'api',
      basePath: 'api',
      stage: { name: 'dev' },
      authorizers: { a: token },
      routes: [{ method: 'GET', path: '/', integration: lambda('1.0'), authorizer: 'a' }],
    })

    const answer = gateway.get('/api/', { authorization: 'x' })
    gateway.clock.advance(29_000)

    expect((await answer).status).toBe(500)
  })

  it('cannot be put with a source or an expression that means nothing', () => {
    const put = (more: object) => () => serve(() => null, { ...token, ...more })

    expect(put({ identitySource: 'method.request.body' })).toThrow('Invalid identity source')
    expect(put({ validationExpression: '(' })).toThrow('Invalid validation expression')
  })
})

describe('a REQUEST authorizer of a REST API', () => {
  const request = {
    kind: 'request',
    functionArn: judgeArn,
    format: 'rest',
    identitySources: ['method.request.header.X-Key', 'method.request.querystring.q'],
  } as const

  it('shows the function the request without its body', async () => {
    const { send, questions } = serve(() => policy('Allow', '*'), request)

    const answer = await send('GET', '/api/users/1?q=a&q=b', { headers: { 'x-key': 'k' } })

    expect(answer.status).toBe(200)
    expect(questions[0]).toMatchObject({
      type: 'REQUEST',
      methodArn: `${api}/GET/users/1`,
      resource: '/users/{id}',
      httpMethod: 'GET',
      headers: { 'X-Key': 'k' },
      multiValueQueryStringParameters: { q: ['a', 'b'] },
      pathParameters: { id: '1' },
      stageVariables: { color: 'red' },
      requestContext: { resourceId: 'res1', stage: 'dev', apiId: 'api1' },
    })
    expect(questions[0]).not.toHaveProperty('body')
  })

  it('wants every identity source, and keeps answers by all of them', async () => {
    const { get, questions } = serve(() => policy('Allow', '*'), request)
    const headers = { 'x-key': 'k' }

    const answers = [
      await get('/api/users/1', headers),
      await get('/api/users/1?q=', headers),
      await get('/api/users/1?q=1'),
      await get('/api/users/1?q=1', headers),
      await get('/api/users/2?q=1', headers),
      await get('/api/users/2?q=2', headers),
    ]

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200, 200, 200])
    expect(questions).toHaveLength(2)
  })

  it('takes stage variables and context as identity, and none at all', async () => {
    const sources = ['stageVariables.color', 'context.identity.sourceIp']
    const known = serve(() => policy('Allow', '*'), { ...request, identitySources: sources })
    const none = serve(() => policy('Allow', '*'), { ...request, identitySources: [] })

    for (const { get } of [known, known, none, none]) await get('/api/users/1')

    expect([known.questions.length, none.questions.length]).toEqual([1, 2])
  })
})

describe('a REQUEST authorizer of an HTTP API', () => {
  const request = {
    kind: 'request',
    functionArn: judgeArn,
    format: '2.0',
    simpleResponses: true,
    identitySources: ['$request.header.X-Key'],
  } as const
  const headers = { 'x-key': 'k' }

  it('in format 2.0 takes simple answers and shows their context as it is', async () => {
    const context = { role: 'chief', scopes: ['a', 'b'], age: 42 }
    const { get, questions } = serve(() => ({ isAuthorized: true, context }), request)

    const v2 = await get('/api/users/1', headers)
    const v1 = await get('/api/v1', headers)

    expect(questions[0]).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      routeArn: `${httpApi}/GET/users/1`,
      identitySource: ['k'],
      routeKey: 'GET /users/{id}',
      rawPath: '/users/1',
      pathParameters: { id: '1' },
      requestContext: { http: { method: 'GET' }, routeKey: 'GET /users/{id}' },
    })
    expect(questions[0]).not.toHaveProperty('body')
    expect(contextOf(v2.body)).toEqual({ lambda: context })
    expect(contextOf(v1.body)).toEqual(context)
  })

  it('in format 1.0 takes policies', async () => {
    const { get, questions } = serve(() => policy('Allow', `${httpApi}/GET/users/*`), {
      ...request,
      format: '1.0',
      simpleResponses: false,
    })

    const passed = await get('/api/users/1', headers)
    const refused = await get('/api/v1', headers)

    expect(questions[0]).toMatchObject({
      version: '1.0',
      type: 'REQUEST',
      methodArn: `${httpApi}/GET/users/1`,
      identitySource: 'k',
      authorizationToken: 'k',
      httpMethod: 'GET',
      headers: { 'x-key': 'k' },
    })
    expect([passed.status, refused.status, refused.body]).toEqual([
      200,
      403,
      '{"message":"Forbidden"}',
    ])
  })

  it.each<[string, Judge, number, string]>([
    ['no', () => ({ isAuthorized: false }), 403, '{"message":"Forbidden"}'],
    ['a policy', () => policy('Allow', '*'), 500, '{"message":"Internal Server Error"}'],
    ['text', () => ({ isAuthorized: 'true' }), 500, '{"message":"Internal Server Error"}'],
    [
      'a failure that says Unauthorized',
      () => {
        throw new Error('Unauthorized')
      },
      401,
      '{"message":"Unauthorized"}',
    ],
    [
      'any other failure',
      () => {
        throw new Error('oh')
      },
      500,
      '{"message":"Internal Server Error"}',
    ],
  ])('answers %s', async (_name, judge, status, body) => {
    const { get, reports } = serve(judge, request)

    const answer = await get('/api/users/1', headers)

    expect([answer.status, answer.body]).toEqual([status, body])
    expect(reports).toHaveLength(status === 500 ? 1 : 0)
  })

  it('answers 401 without an identity, and has no challenge for it', async () => {
    const { get, questions } = serve(() => ({ isAuthorized: true }), request)

    const answer = await get('/api/users/1')

    expect([answer.status, answer.body]).toEqual([401, '{"message":"Unauthorized"}'])
    expect(answer.headers).not.toHaveProperty('www-authenticate')
    expect(questions).toEqual([])
  })

  it('keeps answers only where it is told to, by route where that is an identity', async () => {
    const simple: Judge = () => ({ isAuthorized: true })
    const unkept = serve(simple, request)
    const kept = serve(simple, { ...request, resultTtlSeconds: 60 })
    const byRoute = serve(simple, {
      ...request,
      resultTtlSeconds: 60,
      identitySources: ['$request.header.X-Key', '$context.routeKey'],
    })

    for (const { get } of [unkept, kept, byRoute]) {
      for (const path of ['/api/users/1', '/api/users/2', '/api/v1']) await get(path, headers)
    }

    expect([unkept, kept, byRoute].map(({ questions }) => questions.length)).toEqual([3, 1, 2])
  })
})
