import { describe, expect, it } from 'vitest'
import type { HttpApiDefinition } from './index.ts'
import { lambda, testGateway, type TestFunction, type TestGateway } from './test-gateway.ts'

function serve(run: TestFunction, more: Partial<HttpApiDefinition> = {}): TestGateway {
  const api = testGateway(run)
  api.gateway.putHttpApi({
    apiId: 'abc123',
    name: 'directory',
    basePath: 'directory',
    stage: { name: '$default' },
    routes: [{ method: 'GET', path: '/users/{userId}', integration: lambda('2.0') }],
    ...more,
  })
  return api
}

const text = (body: unknown): string => String(body)

describe('HTTP APIs', () => {
  it('hand the function a complete event in format 2.0', async () => {
    const api = serve(() => 'ok')

    await api.send('GET', '/directory/users/a%20b?x=1&x=2&y=', {
      headers: { 'user-agent': 'curl/8', cookie: 'a=1; b=2' },
    })

    expect(api.events[0]).toEqual({
      version: '2.0',
      routeKey: 'GET /users/{userId}',
      rawPath: '/users/a b',
      rawQueryString: 'x=1&x=2&y=',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: 'localhost:3000',
        'user-agent': 'curl/8',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { x: '1,2', y: '' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'abc123',
        domainName: 'localhost',
        domainPrefix: 'localhost',
        http: {
          method: 'GET',
          path: '/users/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
        requestId: expect.stringMatching(/=$/),
        routeKey: 'GET /users/{userId}',
        stage: '$default',
        time: '21/Nov/2026:10:00:00 +0000',
        timeEpoch: Date.UTC(2026, 10, 21, 10),
      },
      pathParameters: { userId: 'a b' },
      isBase64Encoded: false,
    })
  })

  it('hand the function an event in format 1.0 where the integration asks for it', async () => {
    const api = serve(() => ({ statusCode: 200, body: 'ok' }), {
      routes: [{ method: 'GET', path: '/users/{userId}', integration: lambda('1.0') }],
    })

    const answer = await api.get('/directory/users/1?x=1&x=2')

    expect(answer.body).toBe('ok')
    expect(api.events[0]).toMatchObject({
      version: '1.0',
      resource: '/users/{userId}',
      path: '/directory/users/1',
      headers: { host: 'localhost:3000' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      queryStringParameters: { x: '2' },
      requestContext: { resourcePath: '/users/{userId}', stage: '$default' },
    })
  })

  it('put the stage in the path of named stages only', async () => {
    const api = serve(() => 'ok', { stage: { name: 'v1' } })

    const answers = await Promise.all([
      api.get('/_aws/execute-api/abc123/v1/users/1'),
      api.get('/_aws/execute-api/abc123/users/1'),
    ])

    expect(answers.map(({ status }) => status)).toEqual([200, 403])
    expect(api.events[0]).toMatchObject({ rawPath: '/v1/users/1' })
  })

  it('choose routes in the order of AWS', async () => {
    const keys = ['GET /a/b', 'GET /a/{x}', 'ANY /a/b', 'ANY /{proxy+}', 'POST /a/{x+}']
    const api = serve((event) => event['routeKey'], {
      routes: [
        ...keys.map((key) => {
          const [method = '', path = ''] = key.split(' ')
          return { method, path, integration: lambda('2.0') }
        }),
        { method: 'ANY', path: '$default', integration: lambda('2.0') },
      ],
    })
    const asked = [
      'GET /a/b',
      'PUT /a/b',
      'GET /a/c',
      'POST /a/c',
      'POST /a/b',
      'GET /a/b/c',
      'GET /',
    ]

    const answers = await Promise.all(
      asked.map((each) =>
        api.send(each.split(' ')[0] ?? '', `/directory${each.split(' ')[1] ?? ''}`),
      ),
    )

    expect(answers.map(({ body }) => body)).toEqual([
      'GET /a/b',
      'ANY /a/b',
      'GET /a/{x}',
      'POST /a/{x+}',
      'ANY /a/b',
      'ANY /{proxy+}',
      '$default',
    ])
  })

  it('lead a slash at the end to a greedy route with an empty rest, but no variable', async () => {
    const api = serve((event) => event['pathParameters'] ?? 'none', {
      routes: ['/orders/{proxy+}', '/orders/{id}/{part}', '/{proxy+}'].map((path, index) => ({
        method: index === 0 ? 'POST' : 'GET',
        path,
        integration: lambda('2.0'),
      })),
    })
    const asked = ['POST /orders/', 'POST /orders', 'GET /orders/1/', 'GET /']

    const answers = await Promise.all(
      asked.map((each) =>
        api.send(each.split(' ')[0] ?? '', `/directory${each.split(' ')[1] ?? ''}`),
      ),
    )

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, '{"proxy":""}'],
      [404, '{"message":"Not Found"}'],
      [200, '{"proxy":"orders/1/"}'],
      [404, '{"message":"Not Found"}'],
    ])
  })

  it('answer unknown routes with 404, and tell a slash at the end apart', async () => {
    const api = serve(() => 'ok')

    const answers = await Promise.all([api.get('/directory/x'), api.get('/directory/users/1/')])

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [404, '{"message":"Not Found"}'],
      [404, '{"message":"Not Found"}'],
    ])
  })

  it.each<[string, unknown, number, string, string]>([
    ['a text', 'hello', 200, 'application/json', 'hello'],
    ['an object', { a: 1 }, 200, 'application/json', '{"a":1}'],
    ['nothing', null, 200, 'application/json', 'null'],
    ['a status', { statusCode: 201, body: 'x' }, 201, 'text/plain; charset=utf-8', 'x'],
    [
      'a bad status',
      { statusCode: 'abc' },
      500,
      'application/json',
      '{"message":"Internal Server Error"}',
    ],
    [
      'a body that is no text',
      { statusCode: 200, body: 5 },
      500,
      'application/json',
      '{"message":"Internal Server Error"}',
    ],
  ])('make an answer of %s', async (_name, value, status, type, body) => {
    const api = serve(() => value)

    const answer = await api.get('/directory/users/1')

    expect([answer.status, answer.headers['content-type'], text(answer.body)]).toEqual([
      status,
      type,
      body,
    ])
  })

  it('send cookies, and bytes from base64', async () => {
    const api = serve(() => ({
      statusCode: 200,
      cookies: ['a=1', 'b=2'],
      body: 'AQI=',
      isBase64Encoded: true,
    }))

    const answer = await api.get('/directory/users/1')

    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(answer.body).toEqual(Buffer.from([1, 2]))
  })

  it('encode bodies by their type', async () => {
    const api = serve(() => 'ok', {
      routes: [{ method: 'POST', path: '/x', integration: lambda('2.0') }],
    })
    const post = (type: string): Promise<unknown> =>
      api.send('POST', '/directory/x', { headers: { 'content-type': type }, body: '{"é":1}' })

    await post('application/json; charset=utf-8')
    await post('application/octet-stream')

    expect(api.events[0]).toMatchObject({ body: '{"é":1}', isBase64Encoded: false })
    expect(api.events[1]).toMatchObject({
      body: Buffer.from('{"é":1}').toString('base64'),
      isBase64Encoded: true,
    })
  })

  it('time out after 30 s with 503 and report failures with 500', async () => {
    const api = testGateway(() => '', { invoke: () => new Promise(() => {}) })
    api.gateway.putHttpApi({
      apiId: 'a',
      name: 'a',
      basePath: 'a',
      stage: { name: '$default' },
      routes: [{ method: 'GET', path: '/', integration: lambda('2.0') }],
    })

    const answer = api.get('/a')
    api.clock.advance(30_000)

    expect(await answer).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' })
  })

  it('answer preflights and put CORS headers of their own on answers', async () => {
    const api = serve(
      () => ({
        statusCode: 200,
        headers: { 'Access-Control-Allow-Origin': 'http://other' },
        body: '',
      }),
      {
        cors: {
          allowOrigins: ['http://app'],
          allowMethods: ['GET', 'POST'],
          allowHeaders: ['authorization'],
          maxAgeSeconds: 300,
        },
      },
    )
    const preflight = (origin: string): Promise<{ status: number; headers: unknown }> =>
      api.send('OPTIONS', '/directory/anything', {
        headers: { origin, 'access-control-request-method': 'GET' },
      })

    const allowed = await preflight('http://app')
    const refused = await preflight('http://evil')
    const answer = await api.get('/directory/users/1', { origin: 'http://app' })
    const missing = await api.get('/directory/nope', { origin: 'http://app' })

    expect(allowed).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'http://app',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization',
        'access-control-max-age': '300',
      },
    })
    expect(refused.status).toBe(204)
    expect(Object.keys(refused.headers as object)).toEqual(['apigw-requestid'])
    expect(answer.headers['access-control-allow-origin']).toBe('http://app')
    expect(missing.headers['access-control-allow-origin']).toBe('http://app')
  })

  it('keep parameters called like members of objects', async () => {
    const api = serve((event) => event['queryStringParameters'])

    const answer = await api.get('/directory/users/1?__proto__=a&constructor=b')

    expect(text(answer.body)).toBe('{"__proto__":"a","constructor":"b"}')
  })
})
