import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { startUserPools, type UserPools } from './user-pools.ts'

let local: UserPools
let asAws: UserPools
beforeAll(async () => {
  local = await startUserPools()
  asAws = await startUserPools({ issuer: 'aws' })
})
afterAll(async () => {
  await local.stop()
  await asAws.stop()
})

const read = async (url: string): Promise<unknown> => (await fetch(url)).json()

describe('tokens', () => {
  it('satisfy an OIDC verifier by discovery and JWKS', async () => {
    const { UserPoolId, ClientId } = await local.pool()
    const { AuthenticationResult } = await local.signIn(ClientId)
    const issuer = `${local.address}/${UserPoolId}`

    const discovery = (await read(`${issuer}/.well-known/openid-configuration`)) as {
      issuer: string
      jwks_uri: string
    }
    const verifier = JwtVerifier.create({ issuer: discovery.issuer, audience: ClientId })
    verifier.cacheJwks((await read(discovery.jwks_uri)) as Jwks)

    expect(discovery.issuer).toBe(issuer)
    const claims = await verifier.verify(AuthenticationResult?.IdToken ?? '')
    expect(claims['cognito:username']).toBe('ana')
  })

  it('satisfy aws-jwt-verify as Cognito’s own, in the AWS form', async () => {
    const { UserPoolId, ClientId } = await asAws.pool()
    const { AuthenticationResult } = await asAws.signIn(ClientId)
    const jwks = (await read(`${asAws.address}/${UserPoolId}/.well-known/jwks.json`)) as Jwks

    const verifierOf = (tokenUse: 'id' | 'access', clientId = ClientId) => {
      const verifier = CognitoJwtVerifier.create({ userPoolId: UserPoolId, tokenUse, clientId })
      verifier.cacheJwks(jwks)
      return verifier
    }
    const { IdToken = '', AccessToken = '' } = AuthenticationResult ?? {}

    expect((await verifierOf('id').verify(IdToken)).email).toBe('ana@example.com')
    expect((await verifierOf('access').verify(AccessToken)).username).toBe('ana')
    await expect(verifierOf('access').verify(IdToken)).rejects.toThrow(/Token use/)
    await expect(verifierOf('id', 'another').verify(IdToken)).rejects.toThrow(/audience/)
  })
})
