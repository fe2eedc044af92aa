import { execFile } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { promisify } from 'node:util'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '../harness.ts'
import type { Answer } from '../harness.ts'
import { startProtectedApis } from './protected-apis.ts'
import type { ProtectedApis } from './protected-apis.ts'

const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example-secret' }
/** What functions sign with. */
const FUNCTION_KEY = {
  accessKeyId: 'ASIALOCALCLOUDLET000',
  secretAccessKey: 'local-secret-of-cloudlet-not-a-real-key0',
  sessionToken: 'local-session-of-cloudlet',
}

let apis: ProtectedApis
beforeAll(async () => {
  apis = await startProtectedApis()
})
afterAll(() => apis.stop())

/** The hash that the AWS SDK's signer asks for, on node:crypto. */
class Sha256 {
  #hash: { update(data: Uint8Array | string): unknown; digest(): Buffer }
  constructor(secret?: Uint8Array | string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as never))
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {
    this.#hash = createHash('sha256')
  }
}

type Signing = {
  readonly credentials?: typeof KEY & { sessionToken?: string }
  readonly region?: string
  readonly service?: string
  readonly method?: string
  readonly body?: string
  readonly signingDate?: Date
  readonly query?: Record<string, string>
}

const signerOf = ({ credentials = KEY, region = 'us-east-1', service = 'execute-api' }: Signing) =>
  new SignatureV4({ credentials, region, service, sha256: Sha256 })

function requestOf(path: string, { method = 'GET', body, query = {} }: Signing) {
  const { hostname, port, protocol, host } = new URL(apis.frontDoor)
  return {
    method,
    protocol,
    hostname,
    port: Number(port),
    path,
    query,
    headers: { host },
    ...(body === undefined ? {} : { body }),
  }
}

/** Sends a request that the AWS SDK's own signer has signed; `sent` changes it afterwards. */
async function signed(
  path: string,
  signing: Signing = {},
  sent: { body?: string; path?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { signingDate } = signing
  const request = await signerOf(signing).sign(
    requestOf(path, signing),
    signingDate === undefined ? {} : { signingDate },
  )
  const { host: _, ...headers } = request.headers
  const query = new URLSearchParams(signing.query).toString().replaceAll('+', '%20')
  const body = sent.body ?? signing.body
  return send(request.method, `${apis.frontDoor}${sent.path ?? path}${query && `?${query}`}`, {
    headers: { ...headers, ...sent.headers },
    ...(body === undefined ? {} : { body }),
  })
}

describe.each(['/http/signed', '/rest/signed'])('%s', (path) => {
  it('takes requests that the AWS SDK signs', async () => {
    expect((await signed(path)).status).toBe(200)
    expect((await signed(path, { query: { b: '2 ü', a: "it's (1)*" } })).status).toBe(200)
    expect((await signed(path, { credentials: FUNCTION_KEY })).status).toBe(200)
  })

  it('takes presigned requests, for their time', async () => {
    const presigned = await signerOf({}).presign(requestOf(path, {}), { expiresIn: 60 })
    const url = `${apis.frontDoor}${path}?${new URLSearchParams(presigned.query as Record<string, string>).toString()}`

    expect((await send('GET', url)).status).toBe(200)
    expect((await send('GET', `${url}&more=1`)).status).toBe(403)
    expect((await apis.at(61_000, () => send('GET', url))).status).toBe(403)
  })

  it('takes requests that curl signs', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      '--silent',
      '--aws-sigv4',
      'aws:amz:us-east-1:execute-api',
      '--user',
      `${KEY.accessKeyId}:${KEY.secretAccessKey}`,
      '--write-out',
      '%{http_code}',
      '--output',
      '/dev/null',
      `${apis.frontDoor}${path}`,
    ])

    expect(stdout).toBe('200')
  })

  it('refuses everyone else', async () => {
    const old = new Date(Date.now() - 6 * 60_000)
    const answers = [
      await apis.get(path),
      await apis.get(path, { authorization: 'Bearer x' }),
      await signed(path, { credentials: { ...KEY, secretAccessKey: 'other' } }),
      await signed(path, { credentials: { ...KEY, accessKeyId: 'AKIDOTHER' } }),
      await signed(path, { credentials: { ...FUNCTION_KEY, sessionToken: 'other' } }),
      await signed(path, { region: 'eu-west-1' }),
      await signed(path, { service: 'dynamodb' }),
      await signed(path, { signingDate: old }),
      await signed(path, {}, { headers: { 'x-amz-added': 'later' } }),
      await signed(`${path}x`, {}, { path }),
    ]

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
  })
})

it('signs the body, too', async () => {
  const signing = { method: 'POST', body: '{"amount":1}' }

  const whole = await signed('/rest/signed', signing)
  const changed = await signed('/rest/signed', signing, { body: '{"amount":1000}' })

  expect([whole.status, changed.status]).toEqual([200, 403])
  expect(changed.json).toMatchObject({
    message: expect.stringMatching(/^The request signature we calculated does not match/) as string,
  })
})

it('tells the function who has signed', async () => {
  const http = await signed('/http/signed')
  const rest = await signed('/rest/signed')

  const userArn = 'arn:aws:iam::000000000000:root'
  expect(http.json).toMatchObject({
    authorizer: { iam: { accessKey: KEY.accessKeyId, accountId: '000000000000', userArn } },
  })
  expect(rest.json).toMatchObject({
    authorizer: null,
    identity: { accessKey: KEY.accessKeyId, accountId: '000000000000', userArn },
  })
})

it('says in AWS’s words what is wrong', async () => {
  const unsigned = await apis.get('/rest/signed')
  const unknown = await signed('/rest/signed', { credentials: { ...KEY, accessKeyId: 'OTHER' } })
  const http = await apis.get('/http/signed')

  expect([unsigned.status, unsigned.text]).toEqual([
    403,
    '{"message":"Missing Authentication Token"}',
  ])
  expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
  expect(unknown.json).toEqual({
    message: 'The security token included in the request is invalid.',
  })
  expect([http.status, http.text]).toEqual([403, '{"message":"Forbidden"}'])
})
