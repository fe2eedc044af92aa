import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { issuerUrl, lambda, poolArn, signToken, testGateway, testIssuer } from '../test-gateway.ts'

const issuer = testIssuer()
const { now, idKey, accessKey, idClaims, accessClaims, idToken, accessToken } = issuer

function gateway() {
  const api = testGateway(
    (event) => ({ statusCode: 200, body: JSON.stringify(event['requestContext']) }),
    {
      findIssuer: issuer.findIssuer,
    },
  )
  api.gateway.putHttpApi({
    apiId: 'http1',
    name: 'cargo',
    basePath: 'cargo',
    stage: { name: '$default' },
    authorizers: { jwt: { kind: 'jwt', issuer: issuerUrl, audience: ['client1'] } },
    routes: [
      { method: 'GET', path: '/any', integration: lambda('2.0'), authorizer: 'jwt' },
      {
        method: 'GET',
        path: '/scoped',
        integration: lambda('2.0'),
        authorizer: 'jwt',
        scopes: ['orders/read', 'x'],
      },
      {
        method: 'GET',
        path: '/other',
        integration: lambda('2.0'),
        authorizer: 'jwt',
        scopes: ['x'],
      },
    ],
  })
  api.gateway.putRestApi({
    apiId: 'rest1',
    name: 'manager',
    basePath: 'manager',
    stage: { name: 'dev' },
    authorizers: { pool: { kind: 'cognito', userPoolArns: [poolArn] } },
    routes: [
      { method: 'GET', path: '/any', integration: lambda('1.0'), authorizer: 'pool' },
      {
        method: 'GET',
        path: '/scoped',
        integration: lambda('1.0'),
        authorizer: 'pool',
        scopes: ['orders/write'],
      },
    ],
  })
  return api
}

type Context = { authorizer: Record<string, unknown> }
const contextOf = (body: unknown): Context => JSON.parse(String(body)) as Context // written by the function above

describe('JWT authorizers', () => {
  it('let a good token pass and show its claims as text', async () => {
    const api = gateway()

    const id = await api.get('/cargo/any', { authorization: `Bearer ${idToken}` })
    const access = await api.get('/cargo/scoped', { authorization: accessToken })

    expect(contextOf(id.body).authorizer).toEqual({
      jwt: {
        claims: {
          ...idClaims,
          'cognito:groups': '[admins staff]',
          email_verified: 'true',
          exp: String(now + 3600),
          iat: String(now),
        },
        scopes: null,
      },
    })
    expect(contextOf(access.body).authorizer).toMatchObject({
      jwt: { scopes: ['orders/read', 'orders/write'] },
    })
  })

  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${idToken.split('.')[1] ?? ''}.`
  const hmacHead = Buffer.from('{"alg":"HS256","kid":"id-key"}').toString('base64url')
  const hmacSigned = `${hmacHead}.${idToken.split('.')[1] ?? ''}`
  const hmac = `${hmacSigned}.${createHmac('sha256', 'x').update(hmacSigned).digest('base64url')}`

  it.each<[string, string | undefined, number, string]>([
    ['no token', undefined, 401, 'Bearer'],
    ['no JWT', 'hello', 401, 'malformed'],
    ['alg none', unsigned, 401, 'signing method'],
    ['HS256', hmac, 401, 'signing method'],
    ['another key', signToken(other, idClaims), 401, 'signature'],
    ['an unknown key id', signToken(idKey, idClaims, { kid: 'nope' }), 401, 'unknown key'],
    [
      'a changed payload',
      idToken.replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ ...idClaims, sub: 'u2' })).toString('base64url')}.`,
      ),
      401,
      'signature',
    ],
    ['another issuer', signToken(idKey, { ...idClaims, iss: 'https://evil' }), 401, 'issuer'],
    ['another audience', signToken(idKey, { ...idClaims, aud: 'client2' }), 401, 'valid audience'],
    [
      'an access token signed by the key for id tokens',
      signToken(idKey, accessClaims),
      401,
      'another use',
    ],
    ['an expired token', signToken(idKey, { ...idClaims, exp: now }), 401, 'expired'],
    ['a token without expiry', signToken(idKey, { ...idClaims, exp: undefined }), 401, 'malformed'],
    [
      'a token from the future',
      signToken(idKey, { ...idClaims, nbf: now + 60 }),
      401,
      'not valid yet',
    ],
  ])('refuse %s', async (_name, token, status, challenge) => {
    const api = gateway()

    const answer = await api.get(
      '/cargo/any',
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    )

    expect([answer.status, answer.body]).toEqual([status, '{"message":"Unauthorized"}'])
    expect(answer.headers['www-authenticate']).toContain(challenge)
    expect(api.events).toEqual([])
  })

  it('answer 403 to a token without the scope', async () => {
    const api = gateway()

    const answer = await api.get('/cargo/other', { authorization: `Bearer ${accessToken}` })

    expect([answer.status, answer.body]).toEqual([403, '{"message":"Forbidden"}'])
  })

  it('remember a verified token only until it expires', async () => {
    const api = gateway()
    const ask = (): Promise<{ status: number }> => api.get('/cargo/any', { authorization: idToken })

    const before = [await ask(), await ask()]
    api.clock.advance(3_600_000)
    const after = await ask()

    expect([...before, after].map(({ status }) => status)).toEqual([200, 200, 401])
  })
})

describe('Cognito authorizers', () => {
  it('take id tokens, with or without Bearer, and show times as dates', async () => {
    const api = gateway()

    const plain = await api.get('/manager/any', { authorization: idToken })
    const bearer = await api.get('/manager/any', { authorization: `Bearer ${idToken}` })

    expect([plain.status, bearer.status]).toEqual([200, 200])
    expect(contextOf(plain.body).authorizer).toEqual({
      claims: {
        ...idClaims,
        'cognito:groups': 'admins,staff',
        email_verified: 'true',
        exp: 'Sat Nov 21 11:00:00 UTC 2026',
        iat: 'Sat Nov 21 10:00:00 UTC 2026',
      },
    })
  })

  it('take access tokens where scopes are set, and only there', async () => {
    const api = gateway()
    const ask = async (path: string, token: string): Promise<number> =>
      (await api.get(`/manager${path}`, { authorization: token })).status

    const statuses = [
      await ask('/scoped', accessToken),
      await ask('/scoped', idToken),
      await ask('/any', accessToken),
      await ask(
        '/scoped',
        signToken(accessKey, { ...accessClaims, scope: 'orders/read' }, { kid: 'access-key' }),
      ),
    ]

    expect(statuses).toEqual([200, 401, 401, 401])
  })

  it('answer 401 by the gateway response, and say when a token has expired', async () => {
    const api = gateway()

    const missing = await api.get('/manager/any')
    const expired = await api.get('/manager/any', {
      authorization: signToken(idKey, { ...idClaims, exp: now - 1 }),
    })

    expect(missing).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' })
    expect(missing.headers['x-amzn-ErrorType']).toBe('UnauthorizedException')
    expect(expired).toMatchObject({
      status: 401,
      body: '{"message":"The incoming token has expired"}',
    })
  })

  it('are refused by name when their kind is not simulated', () => {
    const api = gateway()
    const definition = { kind: 'magic' } as unknown as {
      kind: 'jwt'
      issuer: string
      audience: string[]
    }

    const put = (): void =>
      api.gateway.putHttpApi({
        apiId: 'x',
        name: 'x',
        stage: { name: '$default' },
        authorizers: { a: definition },
        routes: [],
      })

    expect(put).toThrow('Authorizers of kind magic are not simulated')
  })
})
