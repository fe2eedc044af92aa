import { describe, expect, it } from 'vitest'
import { AwsError } from '../kernel/index.ts'
import type { RestApiDefinition } from './index.ts'
import { lambda, testGateway, type TestFunction, type TestGateway } from './test-gateway.ts'

const integration = lambda('1.0')
const route = (method: string, path: string): RestApiDefinition['routes'][number] => ({
  method,
  path,
  integration,
  resourceId: 'res1',
})

function serve(run: TestFunction, more: Partial<RestApiDefinition> = {}): TestGateway {
  const api = testGateway(run)
  api.gateway.putRestApi({
    apiId: 'abc123',
    name: 'tokens',
    basePath: 'tokens',
    stage: { name: 'dev', variables: { color: 'blue' } },
    routes: [
      route('GET', '/get/{token}'),
      route('POST', '/create'),
      route('ANY', '/files/{proxy+}'),
    ],
    ...more,
  })
  return api
}

const hello: TestFunction = () => ({ statusCode: 200, body: 'hello' })

describe('REST APIs', () => {
  it('hand the function a complete event', async () => {
    const api = serve(hello)

    const response = await api.send('GET', '/tokens/get/a%20b?x=1&x=2&y=%26', {
      headers: { 'user-agent': 'curl/8', 'x-custom-id': '7', connection: 'close', cookie: 'a=b' },
    })

    expect(response.status).toBe(200)
    expect(api.events[0]).toEqual({
      resource: '/get/{token}',
      path: '/tokens/get/a%20b',
      httpMethod: 'GET',
      headers: {
        Host: 'localhost:3000',
        'User-Agent': 'curl/8',
        'X-Custom-Id': '7',
        Cookie: 'a=b',
        'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-6[0-9a-f]{7}-[0-9a-f]{24}$/),
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Port': '3000',
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: expect.objectContaining({
        'X-Custom-Id': ['7'],
        Host: ['localhost:3000'],
      }),
      queryStringParameters: { x: '2', y: '&' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['&'] },
      pathParameters: { token: 'a b' },
      stageVariables: { color: 'blue' },
      requestContext: {
        resourceId: 'res1',
        resourcePath: '/get/{token}',
        httpMethod: 'GET',
        extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/),
        requestTime: '21/Nov/2026:10:00:00 +0000',
        path: '/tokens/get/a%20b',
        accountId: '123456789012',
        protocol: 'HTTP/1.1',
        stage: 'dev',
        domainPrefix: 'localhost',
        requestTimeEpoch: Date.UTC(2026, 10, 21, 10),
        requestId: response.headers['x-amzn-RequestId'],
        identity: expect.objectContaining({
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
          user: null,
        }),
        domainName: 'localhost',
        apiId: 'abc123',
      },
      body: null,
      isBase64Encoded: false,
    })
  })

  it('show the stage only in requestContext.path at an execute-api address', async () => {
    const api = serve(hello)

    const byPath = await api.get('/_aws/execute-api/abc123/dev/get/1')
    const byHost = await api.get('/dev/get/1/', { host: 'abc123.execute-api.localhost:4566' })
    const wrongStage = await api.get('/_aws/execute-api/abc123/prod/get/1')
    const wrongApi = await api.get('/_aws/execute-api/nope/dev/get/1')

    expect([byPath, byHost, wrongStage, wrongApi].map((each) => each.status)).toEqual([
      200, 200, 403, 403,
    ])
    expect(api.events[0]).toMatchObject({ path: '/get/1', requestContext: { path: '/dev/get/1' } })
    expect(wrongApi.body).toBe('{"message":"Forbidden"}')
  })

  it('answer an unknown route or method natively as AWS does', async () => {
    const api = serve(hello)

    const answers = await Promise.all([
      api.get('/tokens/nope'),
      api.send('DELETE', '/tokens/get/1'),
    ])

    for (const answer of answers) {
      expect(answer.status).toBe(403)
      expect(answer.body).toBe('{"message":"Missing Authentication Token"}')
      expect(answer.headers['x-amzn-ErrorType']).toBe('MissingAuthenticationTokenException')
    }
  })

  it('write gateway responses from the template', async () => {
    const api = serve(hello, {
      gatewayResponses: {
        MISSING_AUTHENTICATION_TOKEN: {
          statusCode: '404',
          responseParameters: {
            'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
            'gatewayresponse.header.X-Origin': 'method.request.header.Origin',
          },
          responseTemplates: {
            'application/json':
              '{"error":"Not found","said":$context.error.messageString,"id":"${context.requestId}"}',
          },
        },
      },
      routes: [route('GET', '/fails')],
    })

    const missing = await api.get('/tokens/x', { origin: 'http://a' })

    expect(missing.status).toBe(404)
    expect(JSON.parse(String(missing.body))).toEqual({
      error: 'Not found',
      said: 'Missing Authentication Token',
      id: missing.headers['x-amzn-RequestId'],
    })
    expect(missing.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'x-origin': 'http://a',
    })
  })

  it('let DEFAULT_5XX speak for every failure of the function, its status kept', async () => {
    const api = serve(() => 'malformed', {
      gatewayResponses: {
        DEFAULT_5XX: {
          responseTemplates: { 'application/json': '{"error":"$context.error.message"}' },
        },
      },
    })

    const answer = await api.get('/tokens/get/1')

    expect([answer.status, answer.body]).toEqual([502, '{"error":"Internal server error"}'])
  })

  it.each<[string, unknown]>([
    ['no object', 'text'],
    ['no status', { body: 'x' }],
    ['a status that is none', { statusCode: 1000, body: '' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are a list', { statusCode: 200, headers: ['a'], body: '' }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' }, body: '' }],
    ['a header name that is none', { statusCode: 200, headers: { 'a b': 'c' }, body: '' }],
  ])('answer 502 to %s', async (_name, value) => {
    const api = serve(() => value)

    const answer = await api.get('/tokens/get/1')

    expect([answer.status, answer.body]).toEqual([502, '{"message":"Internal server error"}'])
  })

  it('send headers, lists of headers, and bytes where the API is binary', async () => {
    const api = serve(
      () => ({
        statusCode: 201,
        headers: { 'Content-Type': 'image/png', 'X-N': 5, 'WWW-Authenticate': 'x' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: Buffer.from([1, 2, 255]).toString('base64'),
        isBase64Encoded: true,
      }),
      { binaryMediaTypes: ['image/*'] },
    )

    const answer = await api.send('POST', '/tokens/files/a/b', {
      headers: { 'content-type': 'image/png' },
      body: Buffer.from([0, 254]),
    })

    expect(answer.status).toBe(201)
    expect(answer.body).toEqual(Buffer.from([1, 2, 255]))
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-n': '5',
      'set-cookie': ['a=1', 'b=2'],
      'x-amzn-remapped-www-authenticate': 'x',
    })
    expect(api.events[0]).toMatchObject({
      body: Buffer.from([0, 254]).toString('base64'),
      isBase64Encoded: true,
      pathParameters: { proxy: 'a/b' },
    })
  })

  it('tell a function error, a throttle, a missing function and a timeout apart', async () => {
    const errors: Record<
      string,
      () => Promise<{ payload: string; requestId: string; functionError?: 'Unhandled' }>
    > = {
      '/error': () =>
        Promise.resolve({
          payload: '{"errorMessage":"x"}',
          requestId: 'r',
          functionError: 'Unhandled',
        }),
      '/throttled': () =>
        Promise.reject(new AwsError('TooManyRequestsException', 'x', { status: 429 })),
      '/missing': () =>
        Promise.reject(new AwsError('ResourceNotFoundException', 'x', { status: 404 })),
      '/slow': () => new Promise(() => {}),
    }
    const api = testGateway(hello, {
      invoke: (_name, payload) => {
        const { resource } = JSON.parse(payload) as { resource: string }
        return errors[resource]?.() ?? Promise.reject(new Error('no such case'))
      },
    })
    api.gateway.putRestApi({
      apiId: 'a',
      name: 'a',
      basePath: 'a',
      stage: { name: 'dev' },
      routes: Object.keys(errors).map((path) => route('GET', path)),
    })

    const slow = api.get('/a/slow')
    api.clock.advance(29_000)
    const answers = await Promise.all([
      api.get('/a/error'),
      api.get('/a/throttled'),
      api.get('/a/missing'),
      slow,
    ])

    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [502, '{"message":"Internal server error"}'],
      [500, '{"message":"Internal server error"}'],
      [500, '{"message":"Internal server error"}'],
      [504, '{"message":"Endpoint request timed out"}'],
    ])
  })

  it('answer CORS preflights by MOCK methods as CDK writes them', async () => {
    const api = serve(hello, {
      routes: [
        {
          method: 'OPTIONS',
          path: '/create',
          integration: {
            kind: 'mock',
            requestTemplates: { 'application/json': '{ statusCode: 204 }' },
            responses: [
              {
                statusCode: '204',
                responseParameters: {
                  'method.response.header.Access-Control-Allow-Headers':
                    "'Content-Type,Authorization'",
                  'method.response.header.Access-Control-Allow-Origin': "'*'",
                },
              },
            ],
          },
        },
      ],
    })

    const answer = await api.send('OPTIONS', '/tokens/create', { headers: { origin: 'http://a' } })

    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-headers': 'Content-Type,Authorization',
      'access-control-allow-origin': '*',
    })
  })

  it('throttle by the stage and refuse what is too large', async () => {
    const api = serve(hello, {
      stage: { name: 'dev', throttling: { rateLimit: 1, burstLimit: 2 } },
    })

    const first = await Promise.all([1, 2, 3].map(() => api.get('/tokens/get/1')))
    api.clock.advance(1000)
    const later = await api.get('/tokens/get/1')
    api.clock.advance(2000)
    const body = await api.send('POST', '/tokens/create', {
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    })
    const event = await api.send('POST', '/tokens/create', { body: 'x'.repeat(7_000_000) })
    api.clock.advance(2000)
    const headers = await api.get('/tokens/get/1', { x: 'y'.repeat(11_000) })

    expect(first.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(first[2]?.body).toBe('{"message":"Too Many Requests"}')
    expect([later.status, body.status, headers.status]).toEqual([200, 413, 431])
    expect(event).toMatchObject({ status: 413, body: '{"message":"Request Too Long"}' })
  })
})
