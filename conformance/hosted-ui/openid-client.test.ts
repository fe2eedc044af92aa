import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import * as oidc from 'openid-client'
import { startUserPools, type UserPools } from '../cognito/user-pools.ts'
import { browserSession } from './browser-session.ts'
import { chosenPassword, poolWithPages, temporaryPassword } from './pool-with-pages.ts'

const callback = 'http://localhost:7999/callback'
let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

const configured = (issuer: string, clientId: string, secret?: string) =>
  oidc.discovery(new URL(issuer), clientId, secret, undefined, {
    execute: [oidc.allowInsecureRequests],
  })

/** Signs ana in by the pages, first with her temporary password, and returns where she landed. */
async function signedIn(url: URL, session = browserSession()): Promise<URL> {
  const authorize = await session.go(url.href)
  const login = await session.go(new URL(authorize.location, url).href)
  const choose = await session.submit(login, { username: 'ana', password: temporaryPassword })
  const landed = await session.submit(choose, { password: chosenPassword, repeat: chosenPassword })
  expect(landed.status).toBe(302)
  return new URL(landed.location)
}

describe('openid-client', () => {
  it('gets tokens by the code grant with PKCE, refreshes, asks who it is, revokes', async () => {
    const made = await poolWithPages(pools, { domain: 'oidc', callback })
    const config = await configured(made.issuer, made.ClientId)
    const verifier = oidc.randomPKCECodeVerifier()
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: callback,
      scope: 'openid email',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })

    const landed = await signedIn(url)
    const tokens = await oidc.authorizationCodeGrant(config, landed, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    })
    const claims = tokens.claims()
    const who = await oidc.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')
    const again = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')

    expect(claims).toMatchObject({ nonce, email: 'ana@example.com', aud: made.ClientId })
    expect(claims?.['at_hash']).toMatch(/^[\w-]{22}$/)
    expect(who).toMatchObject({ username: 'ana', email: 'ana@example.com' })
    expect(again.refresh_token).toBeUndefined()
    expect(again.claims()).toMatchObject({ origin_jti: claims?.['origin_jti'] })

    await oidc.tokenRevocation(config, tokens.refresh_token ?? '')
    await expect(oidc.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(
      oidc.authorizationCodeGrant(config, landed, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
      }),
    ).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it('authenticates a client with a secret both ways, and a machine for itself', async () => {
    const made = await poolWithPages(pools, {
      domain: 'machines',
      callback,
      client: {
        GenerateSecret: true,
        AllowedOAuthFlows: ['client_credentials'],
        AllowedOAuthScopes: ['https://orders.example.com/read'],
        CallbackURLs: [],
        LogoutURLs: [],
      },
    })
    const { issuer, ClientId, secret } = made
    const basic = await oidc.discovery(
      new URL(issuer),
      ClientId,
      undefined,
      oidc.ClientSecretBasic(secret ?? ''),
      { execute: [oidc.allowInsecureRequests] },
    )

    const byPost = await oidc.clientCredentialsGrant(await configured(issuer, ClientId, secret))
    const byBasic = await oidc.clientCredentialsGrant(basic, {
      scope: 'https://orders.example.com/read unknown/scope',
    })
    const verifier = await machineVerifier(issuer)

    expect(byPost.id_token).toBeUndefined()
    for (const { access_token } of [byPost, byBasic]) {
      expect(await verifier.verify(access_token)).toMatchObject({
        sub: ClientId,
        client_id: ClientId,
        scope: 'https://orders.example.com/read',
        version: 2,
        token_use: 'access',
      })
    }
    await expect(
      oidc.clientCredentialsGrant(await configured(issuer, ClientId, `${secret}x`)),
    ).rejects.toMatchObject({ error: 'invalid_client' })
  })
})

async function machineVerifier(issuer: string) {
  const verifier = JwtVerifier.create({ issuer, audience: null })
  verifier.cacheJwks((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as Jwks)
  return verifier
}

describe('aws-jwt-verify', () => {
  it('takes the tokens of the pages as Cognito’s own, in the AWS form', async () => {
    const asAws = await startUserPools({ issuer: 'aws' })
    try {
      const made = await poolWithPages(asAws, { domain: 'outside', callback })
      const { ClientId } = made
      const url = new URL(`${made.pages}/oauth2/authorize`)
      url.search = new URLSearchParams({
        client_id: ClientId,
        response_type: 'token',
        redirect_uri: callback,
        scope: 'openid https://orders.example.com/read',
        state: 'kept',
      }).toString()

      const landed = await signedIn(url)
      const told = new URLSearchParams(landed.hash.slice(1))
      const jwks = await (await fetch(`${made.issuer}/.well-known/jwks.json`)).json()
      const verifierOf = (tokenUse: 'id' | 'access') => {
        const verifier = CognitoJwtVerifier.create({
          userPoolId: made.UserPoolId,
          clientId: ClientId,
          tokenUse,
        })
        verifier.cacheJwks(jwks as Jwks)
        return verifier
      }

      expect(landed.search).toBe('')
      expect(told.get('state')).toBe('kept')
      expect(told.get('refresh_token')).toBeNull()
      const id = await verifierOf('id').verify(told.get('id_token') ?? '')
      const access = await verifierOf('access').verify(told.get('access_token') ?? '')
      expect(id['cognito:username']).toBe('ana')
      expect(access).toMatchObject({
        version: 2,
        scope: 'openid https://orders.example.com/read',
        username: 'ana',
      })
    } finally {
      await asAws.stop()
    }
  })
})
