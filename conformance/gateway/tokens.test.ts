import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startProtectedApis } from './protected-apis.ts'
import type { ProtectedApis } from './protected-apis.ts'

const HOUR_MS = 3_600_000

let apis: ProtectedApis
let tokens: { AccessToken: string; IdToken: string }
beforeAll(async () => {
  apis = await startProtectedApis()
  tokens = await apis.signIn()
})
afterAll(() => apis.stop())

/** The statuses that the API of each kind answers to a token, where an id token and where an access token is right. */
async function statuses({ id, access }: { id: string; access: string }): Promise<number[]> {
  const answers = await Promise.all([
    apis.get('/http/token', { authorization: `Bearer ${id}` }),
    apis.get('/http/scoped', { authorization: `Bearer ${access}` }),
    apis.get('/rest/token', { authorization: id }),
    apis.get('/rest/scoped', { authorization: access }),
  ])
  return answers.map(({ status }) => status)
}

const everywhere = (status: number): number[] => [status, status, status, status]

type Json = Record<string, unknown>

const parts = (token: string): { head: Json; claims: Json; signature: string } => {
  const [head = '', claims = '', signature = ''] = token.split('.')
  const json = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString()) as Json
  return { head: json(head), claims: json(claims), signature }
}

const encoded = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Changes both tokens in the same way. */
const both = (change: (token: string) => string): { id: string; access: string } => ({
  id: change(tokens.IdToken),
  access: change(tokens.AccessToken),
})

async function publicKey(kid: unknown): Promise<string> {
  const response = await fetch(`${apis.endpoint}/${apis.poolId}/.well-known/jwks.json`)
  const { keys } = (await response.json()) as { keys: (JsonWebKey & { kid: string })[] }
  const key = keys.find((each) => each.kid === kid) ?? {}
  return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
}

describe('good tokens', () => {
  it('open every door, with their claims in AWS’s shapes', async () => {
    const http = await apis.get('/http/scoped', { authorization: `Bearer ${tokens.AccessToken}` })
    const rest = await apis.get('/rest/token', { authorization: tokens.IdToken })

    expect(await statuses({ id: tokens.IdToken, access: tokens.AccessToken })).toEqual(
      everywhere(200),
    )
    expect(http.json).toMatchObject({
      authorizer: {
        jwt: {
          claims: { username: 'ana', token_use: 'access', exp: expect.any(String) as string },
          scopes: ['aws.cognito.signin.user.admin'],
        },
      },
    })
    expect(rest.json).toMatchObject({
      authorizer: {
        claims: {
          'cognito:username': 'ana',
          token_use: 'id',
          exp: expect.stringMatching(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4}$/) as string,
        },
      },
    })
  })
})

describe('refused everywhere', () => {
  it('no token', async () => {
    expect(await statuses({ id: '', access: '' })).toEqual(everywhere(401))
  })

  it('alg none, with and without a signature', async () => {
    const none = (alg: string, keep: boolean) => (token: string) => {
      const { head, claims, signature } = parts(token)
      return `${encoded({ ...head, alg })}.${encoded(claims)}.${keep ? signature : ''}`
    }

    for (const [alg, keep] of [
      ['none', false],
      ['None', false],
      ['none', true],
    ] as const) {
      expect(await statuses(both(none(alg, keep)))).toEqual(everywhere(401))
    }
  })

  it('HS256 with the public key as its secret', async () => {
    const signed = async (token: string): Promise<string> => {
      const { head, claims } = parts(token)
      const text = `${encoded({ ...head, alg: 'HS256' })}.${encoded(claims)}`
      const secret = await publicKey(head['kid'])
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }

    const forged = { id: await signed(tokens.IdToken), access: await signed(tokens.AccessToken) }

    expect(await statuses(forged)).toEqual(everywhere(401))
  })

  it('another key under a known name, and one that the token brings along', async () => {
    const { privateKey, publicKey: own } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signed = (more: Json) => (token: string) => {
      const { head, claims } = parts(token)
      const text = `${encoded({ ...head, ...more })}.${encoded(claims)}`
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`
    }

    expect(await statuses(both(signed({})))).toEqual(everywhere(401))
    const jwk = own.export({ format: 'jwk' })
    expect(await statuses(both(signed({ jwk, kid: 'mine' })))).toEqual(everywhere(401))
  })

  it('another pool’s token', async () => {
    const { IdToken: id, AccessToken: access } = await apis.signIn('StrangeClient')

    expect(await statuses({ id, access })).toEqual(everywhere(401))
  })

  it('an id token where access is asked for, and the other way round', async () => {
    const swapped = { id: tokens.AccessToken, access: tokens.IdToken }

    // A JWT authorizer without scopes takes both kinds, as on AWS; with scopes, an id token has none.
    expect(await statuses(swapped)).toEqual([200, 403, 401, 401])
  })

  it('tokens that are changed in any part', async () => {
    const claim = (token: string): string => {
      const [head, , signature] = token.split('.')
      const { claims } = parts(token)
      return `${head}.${encoded({ ...claims, sub: 'someone', username: 'root' })}.${signature}`
    }
    const signature = (token: string): string =>
      token.slice(0, -10) + (token.at(-10) === 'A' ? 'B' : 'A') + token.slice(-9)
    const issuer = (token: string): string => {
      const [head, , end] = token.split('.')
      const { claims } = parts(token)
      return `${head}.${encoded({ ...claims, iss: 'https://evil.example' })}.${end}`
    }

    for (const change of [claim, signature, issuer]) {
      expect(await statuses(both(change))).toEqual(everywhere(401))
    }
  })

  it('expired tokens, and those from the future', async () => {
    const late = await apis.at(HOUR_MS + 1000, () =>
      statuses({ id: tokens.IdToken, access: tokens.AccessToken }),
    )
    const early = await apis.at(HOUR_MS / 2, () => apis.signIn())

    expect(late).toEqual(everywhere(401))
    expect(await statuses({ id: early.IdToken, access: early.AccessToken })).toEqual(
      everywhere(401),
    )
  })
})

it('a token of another client is refused where an audience is named: by JWT authorizers', async () => {
  const { IdToken: id, AccessToken: access } = await apis.signIn('OtherClient')

  // A user-pool authorizer names a pool and no clients, as on AWS.
  expect(await statuses({ id, access })).toEqual([401, 401, 200, 200])
})

it('says in AWS’s words what is wrong', async () => {
  const nothing = await apis.get('/http/token')
  const nonsense = await apis.get('/http/token', { authorization: 'Bearer nonsense' })
  const scope = await apis.get('/http/scoped', { authorization: `Bearer ${tokens.IdToken}` })
  const rest = await apis.get('/rest/token')

  expect([nothing.status, nothing.text, nothing.headers.get('www-authenticate')]).toEqual([
    401,
    '{"message":"Unauthorized"}',
    'Bearer',
  ])
  expect(nonsense.headers.get('www-authenticate')).toContain('error="invalid_token"')
  expect([scope.status, scope.text]).toEqual([403, '{"message":"Forbidden"}'])
  expect(scope.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  expect([rest.status, rest.text]).toEqual([401, '{"message":"Unauthorized"}'])
  expect(rest.headers.get('x-amzn-errortype')).toBe('UnauthorizedException')
})
