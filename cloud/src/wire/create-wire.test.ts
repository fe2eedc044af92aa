import { connect } from 'node:net'
import { gunzipSync, gzipSync, crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock, seededIds, type Environment, type Report } from '../kernel/index.ts'
import { createWire, type HttpServer } from './index.ts'
import { services } from './test-services.ts'

const reports: Report[] = []
const environment: Environment = {
  clock: manualClock(),
  ids: seededIds(3),
  region: 'us-east-1',
  accountId: '000000000000',
  report: (event) => reports.push(event),
}

const signedBy = (service: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=abc`

let server: HttpServer
let url = ''
beforeAll(async () => {
  const wire = createWire({
    environment,
    services,
    allowedOrigins: ['http://app.test'],
    ownPorts: () => [3000],
  })
  server = await wire.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${server.port}`
})
afterAll(() => server.close())

type Sent = { headers?: Record<string, string | undefined>; body?: string | Buffer; path?: string }

function call(target: string, { headers, body = '{}', path = '/' }: Sent = {}): Promise<Response> {
  const all = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    'x-amz-date': '20260101T000000Z',
    authorization: signedBy('dynamodb'),
    'accept-encoding': 'identity',
    ...headers,
  }
  const given = Object.entries(all).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  return fetch(url + path, {
    method: 'POST',
    headers: Object.fromEntries(given),
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
}

const dynamo = (operation: string, sent?: Sent): Promise<Response> =>
  call(`DynamoDB_20120810.${operation}`, sent)

describe('AWS JSON', () => {
  it('answers with the exact headers of DynamoDB', async () => {
    const response = await dynamo('GetItem')

    const text = await response.text()
    expect(text).toBe('{"Item":{"pk":{"S":"é"}}}')
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9A-V]{52}$/)
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(text)))
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
  })

  it('never gives two answers the same request id', async () => {
    const ids = new Set<string | null>()
    for (let index = 0; index < 50; index += 1) {
      ids.add((await dynamo('GetItem')).headers.get('x-amzn-requestid'))
    }

    expect(ids.size).toBe(50)
  })

  const coral = 'com.amazon.coral.service#'
  it.each<[string, () => Promise<Response>, unknown]>([
    [
      'no JSON',
      () => dynamo('GetItem', { body: '{' }),
      { __type: `${coral}SerializationException` },
    ],
    [
      'no body',
      () => dynamo('GetItem', { body: '' }),
      { __type: `${coral}SerializationException` },
    ],
    ['an unknown operation', () => dynamo('Nope'), { __type: `${coral}UnknownOperationException` }],
    ['an unknown service', () => call('X.Y'), { __type: `${coral}UnknownOperationException` }],
    [
      'no target',
      () => call('', { headers: { 'x-amz-target': undefined } }),
      { __type: `${coral}UnknownOperationException` },
    ],
    [
      'no signature',
      () => dynamo('GetItem', { headers: { authorization: undefined } }),
      {
        __type: `${coral}MissingAuthenticationTokenException`,
        message: 'Request is missing Authentication Token',
      },
    ],
    [
      'an incomplete signature',
      () => dynamo('GetItem', { headers: { authorization: 'AWS4-', 'x-amz-date': undefined } }),
      {
        __type: `${coral}IncompleteSignatureException`,
        message:
          "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. " +
          "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a " +
          "'X-Amz-Date' or a 'Date' header. Authorization=AWS4-",
      },
    ],
    [
      'a bad credential',
      () =>
        dynamo('GetItem', {
          headers: {
            authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
          },
        }),
      {
        __type: `${coral}IncompleteSignatureException`,
        message:
          "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
      },
    ],
    [
      'a wrong type',
      () => dynamo('Typed'),
      {
        __type: `${coral}SerializationException`,
        Message: 'NUMBER_VALUE cannot be converted to String',
      },
    ],
    [
      'a failed condition',
      () => dynamo('PutItem'),
      {
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
        Item: { a: { N: '1' } },
        message: 'The conditional request failed',
      },
    ],
  ])('answers 400 to %s in the words of DynamoDB', async (_name, ask, body) => {
    const response = await ask()

    expect(response.status).toBe(400)
    expect(await response.json()).toEqual(body)
    expect(response.headers.get('x-amz-crc32')).not.toBeNull()
  })

  it('answers 404 to what is no call', async () => {
    const get = await fetch(url)
    const typed = await dynamo('GetItem', { headers: { 'content-type': 'text/plain' } })

    for (const response of [get, typed]) {
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('<UnknownOperationException/>\n')
      expect(response.headers.get('x-amz-crc32')).toBe('3552371480')
    }
  })

  it('answers a bug with a neutral 500 and reports it', async () => {
    const response = await dynamo('Broken')

    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(reports.at(-1)).toMatchObject({ level: 'error', part: 'wire' })
  })

  it('blames the caller for input that is nested too deeply', async () => {
    const response = await dynamo('Depth', {
      body: `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ __type: `${coral}SerializationException` })
  })

  it('compresses large answers for those who ask, with the checksum of what is sent', async () => {
    const raw = await rawCall(
      'POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept-encoding: gzip\r\n' +
        `content-type: application/x-amz-json-1.0\r\nx-amz-target: DynamoDB_20120810.Large\r\nx-amz-date: x\r\nauthorization: ${signedBy('dynamodb')}\r\ncontent-length: 2\r\n\r\n{}`,
    )

    const split = raw.indexOf('\r\n\r\n')
    const head = raw.subarray(0, split).toString()
    const body = raw.subarray(split + 4)
    expect(head).toContain('content-encoding: gzip')
    expect(head).toContain(`x-amz-crc32: ${crc32(body)}`)
    expect(gunzipSync(body).toString()).toContain('xxx')
  })

  it('takes compressed requests', async () => {
    const response = await dynamo('Later', {
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('{"a":1}'),
    })

    expect(await response.json()).toEqual({ a: 1 })
  })

  it('sends bare codes for services without a namespace, and takes their unsigned operations', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1' }
    const signUp = await call('AWSCognitoIdentityProviderService.SignUp', {
      headers: { ...headers, authorization: undefined },
    })
    const list = await call('AWSCognitoIdentityProviderService.ListUsers', { headers })

    expect(await signUp.json()).toEqual({ UserSub: 'u' })
    expect(list.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(list.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException')
    expect(list.headers.get('x-amz-crc32')).toBeNull()
    expect(await list.json()).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'User pool x does not exist.',
    })
  })

  it('tells SQS clients the old code when they ask for it', async () => {
    const response = await call('AmazonSQS.SendMessage', {
      headers: { 'x-amzn-query-mode': 'true' },
    })

    expect(response.headers.get('x-amzn-query-error')).toBe(
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
    )
    expect(await response.json()).toMatchObject({ __type: 'com.amazonaws.sqs#QueueDoesNotExist' })
  })
})

function rawCall(text: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    const socket = connect(server.port, '127.0.0.1')
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('close', () => resolve(Buffer.concat(parts)))
    socket.write(text)
  })
}

describe('REST-JSON', () => {
  const ask = (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { authorization: signedBy('lambda'), 'x-amz-date': '20260101T000000Z', ...headers },
      ...(body === undefined ? {} : { body }),
    })

  it('runs operations by method and path', async () => {
    const response = await ask(
      'POST',
      '/2015-03-31/functions/a%3Ab/invocations?Qualifier=1',
      {},
      '{"x":1}',
    )

    expect(response.headers.get('x-amz-executed-version')).toBe('$LATEST')
    expect(await response.json()).toEqual({ name: 'a:b', qualifier: '1', sent: '{"x":1}' })
  })

  it('names errors in a header', async () => {
    const missing = await ask('GET', '/2015-03-31/functions/f')
    const unsigned = await fetch(`${url}/2015-03-31/functions/f`)
    const unknown = await ask('GET', '/2015-03-31/nope')

    expect([missing.status, missing.headers.get('x-amzn-errortype')]).toEqual([
      404,
      'ResourceNotFoundException',
    ])
    expect(await missing.json()).toEqual({ Type: 'User', Message: 'Function not found: f' })
    expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ])
    expect(unknown.status).toBe(404)
  })
})

describe('Query', () => {
  const ask = (form: string, authorization = signedBy('cloudformation')): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-amz-date': '20260101T000000Z',
        ...(authorization === '' ? {} : { authorization }),
      },
      body: form,
    })

  it('unfolds the form and writes XML', async () => {
    const response = await ask(
      'Action=Echo&Version=2010-05-15&P.member.1.K=a&P.member.2.K=b&__proto__.x=1',
    )

    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('text/xml')
    expect(text).toContain(
      '<EchoResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><EchoResult>',
    )
    expect(text).toContain(
      '{&quot;P&quot;:[{&quot;K&quot;:&quot;a&quot;},{&quot;K&quot;:&quot;b&quot;}],&quot;__proto__&quot;:{&quot;x&quot;:&quot;1&quot;}}',
    )
    expect(text).toContain(
      '<Outputs><member><Key>a&lt;b</Key><Value>1</Value></member><member><Key>c</Key></member></Outputs>',
    )
    expect(text).toMatch(/<ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId>/)
  })

  it('writes errors as XML', async () => {
    const failed = await ask('Action=DescribeStacks&Version=2010-05-15')
    const unknown = await ask('Action=Nope&Version=2010-05-15')
    const unsigned = await ask('Action=Echo&Version=2010-05-15', '')

    expect(failed.status).toBe(400)
    expect(await failed.text()).toContain(
      '<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id &lt;x&gt; does not exist</Message></Error>',
    )
    expect(await unknown.text()).toContain('<Code>InvalidAction</Code>')
    expect(unsigned.status).toBe(403)
  })
})

describe('the guard at the endpoint', () => {
  const head = (first: string, ...lines: string[]): Promise<string> =>
    rawCall([first, 'connection: close', ...lines, '', ''].join('\r\n')).then(String)

  it('refuses rebound names and foreign pages before anything else', async () => {
    const rebound = await head('GET /login HTTP/1.1', 'host: evil.example')
    const page = await head(
      'GET /login HTTP/1.1',
      'host: localhost',
      'origin: https://evil.example',
    )

    expect(rebound).toMatch(/^HTTP\/1\.1 403 [^]*--allow-host/)
    expect(page).toMatch(/^HTTP\/1\.1 403 [^]*--allow-origin/)
  })

  const link = [
    'host: localhost',
    'sec-fetch-site: cross-site',
    'sec-fetch-mode: navigate',
    'sec-fetch-dest: document',
  ]

  it('lets links lead to pages of mounts, not to operations', async () => {
    const page = await head('GET /login HTTP/1.1', ...link)
    const operation = await head(
      'GET /?Action=DeleteStack&X-Amz-Credential=a/b/c/d/e HTTP/1.1',
      ...link,
    )

    expect([page, operation].map((each) => each.slice(9, 12))).toEqual(['200', '403'])
  })

  it('answers preflights of allowed pages like DynamoDB', async () => {
    const text = await head(
      'OPTIONS / HTTP/1.1',
      'host: localhost',
      'origin: http://app.test',
      'access-control-request-headers: x-amz-target',
      'access-control-request-method: POST',
    )

    expect(text).toContain('access-control-allow-origin: *')
    expect(text).toContain('access-control-allow-headers: x-amz-target')
    expect(text).toContain('access-control-allow-methods: POST')
    expect(text).toContain('access-control-max-age: 172800')
  })
})
