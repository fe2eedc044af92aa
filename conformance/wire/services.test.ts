import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send, startCloud, type TestCloud } from '../harness.ts'

let cloud: TestCloud
let token = ''
let idToken = ''

beforeAll(async () => {
  cloud = await startCloud()
  token = await cloud.token()
  idToken = await cloud.token('id')
})
afterAll(() => cloud.close())

const LARGE = JSON.stringify({ entityId: 'x'.repeat(300_000) })

describe('a body of 300 KB', () => {
  it.each([
    ['tokens', 'POST', '/tokens/create'],
    ['cargo', 'POST', '/cargo/orders'],
    ['directory', 'POST', '/directory/users'],
    ['manager', 'POST', '/manager/DynamoDBManager'],
    ['identity', 'POST', '/identity/users/signup'],
  ])('is answered by %s with 413', async (service, method, path) => {
    const authorization = service === 'manager' ? idToken : token

    const answer = await send(method, `${cloud.frontDoor}${path}`, {
      body: LARGE,
      token: authorization,
    })

    expect(answer.status).toBe(413)
    expect(answer.json).toEqual({ error: expect.stringMatching(/256 KB|too large/i) })
  })

  it('of more than 10 MB is refused by the gateway itself', async () => {
    const body = 'x'.repeat(10 * 1024 * 1024 + 1)

    const answer = await send('POST', `${cloud.frontDoor}/directory/users`, { body })

    expect(answer.status).toBe(413)
  })
})

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Tokens that are broken in every way, made from a good one. */
function brokenTokens(good: string): [string, string][] {
  const [header = '', claims = '', signature = ''] = good.split('.')
  const decoded = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
  const changed = (more: object): string =>
    `${header}.${part({ ...decoded, ...more })}.${signature}`
  return [
    ['nothing', ''],
    ['a word', 'word'],
    ['two dots', '..'],
    ['no signature', `${header}.${claims}.`],
    ['two parts', `${header}.${claims}`],
    ['four parts', `${good}.${signature}`],
    ['another signature', `${header}.${claims}.${signature.split('').reverse().join('')}`],
    ['algorithm none', `${part({ alg: 'none', kid })}.${claims}.`],
    ['algorithm HS256', `${part({ alg: 'HS256', kid })}.${claims}.${signature}`],
    ['an unknown key', `${part({ alg: 'RS256', kid: 'other' })}.${claims}.${signature}`],
    [
      'a key named like a prototype',
      `${part({ alg: 'RS256', kid: '__proto__' })}.${claims}.${signature}`,
    ],
    [
      'a header that is no JSON',
      `${Buffer.from('{').toString('base64url')}.${claims}.${signature}`,
    ],
    ['a header that is null', `${part(null)}.${claims}.${signature}`],
    ['claims that are a list', `${header}.${part([])}.${signature}`],
    ['a later end', changed({ exp: 9_999_999_999 })],
    ['another issuer', changed({ iss: 'https://evil.example' })],
    ['an issuer that is no text', changed({ iss: { a: 1 } })],
    ['8 KB of one letter', 'a'.repeat(8_000)],
    ['bytes beyond ASCII', 'ÿ.þ.ý'],
  ]
}

describe('a broken token', () => {
  it.each([
    ['cargo', 'GET', '/cargo/monitor', { message: 'Unauthorized' }],
    ['manager', 'POST', '/manager/DynamoDBManager', { error: 'Unauthorized' }],
    ['identity', 'GET', '/identity/users/get-all', { message: 'Unauthorized' }],
  ])('is answered at %s with 401', async (service, method, path, body) => {
    const good = service === 'manager' ? idToken : token
    const ask = (value: string) =>
      send(method, `${cloud.frontDoor}${path}`, {
        headers: { authorization: value },
        ...(method === 'POST' ? { body: { operation: 'ping' } } : {}),
      })

    for (const [kind, broken] of brokenTokens(good)) {
      const answer = await ask(`Bearer ${broken}`)
      expect({ kind, status: answer.status, body: answer.json }).toEqual({
        kind,
        status: 401,
        body,
      })
    }
    expect((await ask(`Bearer ${good}`)).status).toBe(200)
  })

  it('that is longer than headers may be is refused as such', async () => {
    const { status } = await send('GET', `${cloud.frontDoor}/cargo/monitor`, {
      token: 'a'.repeat(12_000),
    })

    expect(status).toBe(431)
  })

  it('is an access token where the id token is wanted', async () => {
    const { status } = await send('POST', `${cloud.frontDoor}/manager/DynamoDBManager`, {
      body: { operation: 'ping' },
      token,
    })

    expect(status).toBe(401)
  })
})

describe('an unknown route or method', () => {
  it.each([
    ['GET', '/tokens/nothing', 404, { error: 'Not found' }],
    ['PATCH', '/tokens/create', 404, { error: 'Not found' }],
    ['DELETE', '/cargo/orders', 404, { message: 'Not Found' }],
    ['GET', '/nobody/there', 404, {}],
    ['GET', '/tokens/get/%00', 404, {}],
    ['GET', '/tokens/get/%E0%A4%A', 404, {}],
    ['GET', '/directory/users/__proto__', 404, {}],
    ['GET', '/directory/users/..%2f..%2fetc', 404, {}],
  ])('%s %s', async (method, path, status, body) => {
    const answer = await send(method, `${cloud.frontDoor}${path}`, { token })

    expect(answer.status).toBe(status)
    expect(answer.json).toMatchObject(body)
  })
})

/** Sends bytes as they are and gives the answers' status codes. */
function raw(address: string, bytes: string): Promise<string[]> {
  return new Promise((resolve) => {
    let answer = ''
    const { port } = new URL(address)
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
    const done = (): void =>
      resolve([...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code ?? ''))
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
    socket.on('end', () => socket.end())
    socket.on('error', done)
    socket.on('close', done)
    socket.end(Buffer.from(bytes, 'latin1'))
  })
}

describe('malformed HTTP', () => {
  it.each([
    ['nonsense', 'hello\r\n\r\n'],
    ['no version', 'GET /\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx',
    ],
    ['a negative length', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n'],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'broken chunks',
      'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    ],
    ['a header without a colon', 'GET / HTTP/1.1\r\nhost: localhost\r\nbroken\r\n\r\n'],
    [
      'a body cut short',
      'POST /tokens/create HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nx',
    ],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s stops nothing and is no 500', async (_case, bytes) => {
    for (const address of [cloud.endpoint, cloud.frontDoor]) {
      const codes = await raw(address, bytes)
      expect(codes.filter((code) => code >= '500' && code !== '501' && code !== '505')).toEqual([])
    }

    expect((await send('GET', `${cloud.endpoint}/_cloudlet/status`)).status).toBe(200)
  })
})

describe('who may call', () => {
  const status = async (address: string, headers: string): Promise<string[]> =>
    raw(address, `GET /_cloudlet/status HTTP/1.1\r\n${headers}connection: close\r\n\r\n`)

  it.each([
    ['localhost', 'host: localhost\r\n', '200'],
    ['the loopback address', 'host: 127.0.0.1:4566\r\n', '200'],
    ['its IPv6 form', 'host: [::1]:4566\r\n', '200'],
    ['a name below localhost', 'host: abc.execute-api.localhost\r\n', '200'],
    ['a rebound name', 'host: evil.example\r\n', '403'],
    ['a name that only begins like it', 'host: localhost.evil.example\r\n', '403'],
    ['another address', 'host: 192.168.0.7\r\n', '403'],
    ['a foreign page', 'host: localhost\r\norigin: http://evil.example\r\n', '403'],
    ['a page without an origin', 'host: localhost\r\norigin: null\r\n', '403'],
    ['a page of another port', 'host: localhost\r\norigin: http://localhost:5173\r\n', '403'],
    ['an image on a foreign page', 'host: localhost\r\nsec-fetch-site: cross-site\r\n', '403'],
  ])('%s: at the AWS endpoint', async (_case, headers, code) => {
    expect(await status(cloud.endpoint, headers)).toEqual([code])
  })

  it('a rebound name does not reach the front door either', async () => {
    const bytes = (host: string): string =>
      `GET /directory/users/x HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`

    expect(await raw(cloud.frontDoor, bytes('evil.example'))).toEqual(['403'])
    expect(await raw(cloud.frontDoor, bytes('localhost'))).toEqual(['404'])
  })
})

describe('an operation that there is not', () => {
  const scope = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`,
    'x-amz-date': '20260101T000000Z',
  })

  it.each([
    ['dynamodb', 'DynamoDB_20120810.Fly', /UnknownOperationException/],
    ['dynamodb', 'DynamoDB_20120810.__proto__', /UnknownOperationException/],
    ['cognito-idp', 'AWSCognitoIdentityProviderService.constructor', /UnknownOperationException/],
    ['sqs', 'AmazonSQS.Fly', /UnknownOperation|InvalidAction/],
    ['logs', 'Logs_20140328.Fly', /UnknownOperationException/],
    ['kinesis', 'Kinesis_20131202.PutRecord', /UnknownOperationException/],
  ])('%s %s', async (service, target, name) => {
    const answer = await send('POST', cloud.endpoint, {
      body: {},
      headers: {
        ...scope(service),
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
      },
    })

    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(name)
  })

  it.each([
    ['cloudformation', 'Action=Fly&Version=2010-05-15', 400],
    ['cloudformation', 'Action=constructor&Version=2010-05-15', 400],
    ['cloudformation', 'Action=DescribeStacks&StackName=%E0%A4%A', 400],
    ['sts', 'Action=AssumeRole&Version=2011-06-15', 400],
    ['sts', '', 404],
  ])('%s %s', async (service, body, status) => {
    const answer = await send('POST', cloud.endpoint, {
      body,
      headers: { ...scope(service), 'content-type': 'application/x-www-form-urlencoded' },
    })

    expect(answer.status).toBe(status)
  })

  it.each([
    ['POST', '/2015-03-31/functions/__proto__/invocations', 404],
    ['GET', '/2015-03-31/functions/%00', 400],
    ['POST', '/2015-03-31/layers', 404],
    ['DELETE', '/2015-03-31/functions/tokens-get', 400],
  ])('lambda %s %s', async (method, path, status) => {
    const answer = await send(method, `${cloud.endpoint}${path}`, { headers: scope('lambda') })

    expect(answer.status).toBe(status)
  })
})
