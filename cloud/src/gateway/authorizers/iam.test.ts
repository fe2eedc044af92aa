import { createHash, createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { lambda, testGateway } from '../test-gateway.ts'

const timeText = '20261121T100000Z' // the test gateway's clock

function gateway() {
  const api = testGateway(
    (event) => ({ statusCode: 200, body: JSON.stringify(event['requestContext']) }),
    {
      findCredential: (id) => (id === 'local' ? { secretAccessKey: 'local' } : undefined),
    },
  )
  const route = { method: 'GET', path: '/{proxy+}', authorizer: 'iam' }
  const common = { authorizers: { iam: { kind: 'iam' } as const } }
  api.gateway.putHttpApi({
    ...common,
    apiId: 'http1',
    name: 'http',
    basePath: 'http',
    stage: { name: '$default' },
    routes: [{ ...route, integration: lambda('2.0') }],
  })
  api.gateway.putRestApi({
    ...common,
    apiId: 'rest1',
    name: 'rest',
    basePath: 'rest',
    stage: { name: 'dev' },
    routes: [{ ...route, integration: lambda('1.0') }],
  })
  return api
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Headers of a GET signed as a client does. */
function signed(path: string, secret = 'local', accessKeyId = 'local'): Record<string, string> {
  const scope = '20261121/us-east-1/execute-api/aws4_request'
  const canonical = `GET\n${path}\n\nhost:localhost:3000\nx-amz-date:${timeText}\n\nhost;x-amz-date\n${hash('')}`
  const key = scope
    .split('/')
    .reduce<Buffer>(
      (before, part) => createHmac('sha256', before).update(part).digest(),
      Buffer.from(`AWS4${secret}`),
    )
  const signature = createHmac('sha256', key)
    .update(`AWS4-HMAC-SHA256\n${timeText}\n${scope}\n${hash(canonical)}`)
    .digest('hex')
  return {
    'x-amz-date': timeText,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  }
}

const contextOf = (body: unknown): unknown => JSON.parse(String(body)) // written by the function above

it('lets signed requests pass and shows who signed them', async () => {
  const api = gateway()

  const http = await api.get('/http/a', signed('/http/a'))
  const rest = await api.get('/rest/a', signed('/rest/a'))

  const who = { accessKey: 'local', accountId: '123456789012' }
  expect(contextOf(http.body)).toMatchObject({
    authorizer: { iam: { ...who, userArn: 'arn:aws:iam::123456789012:root' } },
  })
  expect(contextOf(rest.body)).toMatchObject({ identity: { ...who, sourceIp: '127.0.0.1' } })
})

it.each<[string, Record<string, string>, string, string]>([
  ['nothing', {}, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  [
    'another path’s signature',
    signed('/rest/b'),
    'InvalidSignatureException',
    'The request signature we calculated does not match',
  ],
  [
    'a wrong secret',
    signed('/rest/a', 'other'),
    'InvalidSignatureException',
    'The request signature we calculated does not match',
  ],
  [
    'an unknown key',
    signed('/rest/a', 'local', 'other'),
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ],
])('answers 403 to %s', async (_name, headers, type, sentence) => {
  const api = gateway()

  const rest = await api.get('/rest/a', headers)
  const http = await api.get('/http/a', headers)

  expect(rest.status).toBe(403)
  expect(rest.headers).toMatchObject({ 'x-amzn-ErrorType': type })
  expect(rest.body).toContain(sentence)
  expect([http.status, http.body]).toEqual([403, '{"message":"Forbidden"}'])
})
