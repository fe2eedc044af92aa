import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemIds } from '../kernel/index.ts'
import { operations } from './operations/list.ts'
import { createSealer } from './sealing.ts'
import { poolWithUser, signIn, testCognito, type TestCognito } from './test-cognito.ts'
import { unverifiedClaims } from './tokens/jwt.ts'
import { createKeyRing, type PoolKeys } from './tokens/keys.ts'

/** What each operation that users call for themselves needs besides the access token. */
const selfService: Readonly<Record<string, object>> = {
  AssociateSoftwareToken: {},
  ChangePassword: { PreviousPassword: 'Correct-horse-7', ProposedPassword: 'Another-one-2' },
  ConfirmDevice: { DeviceKey: 'us-east-1_00000000-0000-0000-0000-000000000000' },
  DeleteUser: {},
  DeleteUserAttributes: { UserAttributeNames: ['name'] },
  ForgetDevice: { DeviceKey: 'us-east-1_00000000-0000-0000-0000-000000000000' },
  GetDevice: { DeviceKey: 'us-east-1_00000000-0000-0000-0000-000000000000' },
  GetUser: {},
  GetUserAttributeVerificationCode: { AttributeName: 'email' },
  GetUserAuthFactors: {},
  GlobalSignOut: {},
  ListDevices: {},
  ListWebAuthnCredentials: {},
  SetUserMFAPreference: {},
  UpdateDeviceStatus: { DeviceKey: 'us-east-1_00000000-0000-0000-0000-000000000000' },
  UpdateUserAttributes: { UserAttributes: [{ Name: 'name', Value: 'Root' }] },
  VerifySoftwareToken: { UserCode: '123456' },
  VerifyUserAttribute: { AttributeName: 'email', Code: '123456' },
}

let test: TestCognito
let clientId: string
let poolId: string
let tokens: { AccessToken: string; IdToken: string; RefreshToken: string }
let keys: PoolKeys
let foreignKeys: PoolKeys
let foreignIssuer: string
let stranger: KeyObject

beforeAll(async () => {
  test = testCognito()
  ;({ poolId, clientId } = await poolWithUser(test))
  tokens = (await signIn(test, clientId)).AuthenticationResult
  const other = await poolWithUser(test)
  const foreign = (await signIn(test, other.clientId)).AuthenticationResult
  foreignIssuer = String(unverifiedClaims(foreign.AccessToken)?.['iss'])
  // The vault of testCognito, to sign what only a thief of the keys could.
  const secret = createHash('sha256').update('test cognito').digest()
  stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const keyRing = createKeyRing(test.store, createSealer(secret, systemIds))
  keys = await keyRing.keysOf(poolId)
  foreignKeys = await keyRing.keysOf(other.poolId)
})

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The genuine access token with changed claims, signed by any key. */
function signed(
  changes: object,
  key: { kid: string; privateKey: KeyObject } = keys.access,
  header: object = {},
): string {
  const claims = { ...unverifiedClaims(tokens.AccessToken), ...changes }
  const input = `${part({ kid: key.kid, alg: 'RS256', ...header })}.${part(claims)}`
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key.privateKey).toString('base64url')}`
}

const call = (name: string, AccessToken: string): Promise<unknown> =>
  test.call(name, { ...selfService[name], AccessToken })

const seconds = (ms: number): number => Math.floor(ms / 1000)
const invalid = 'Invalid Access Token'

describe('operations that users call for themselves', () => {
  it('are all on the list above', async () => {
    // Not required by the API's model: two take a session instead, two were made for callers of old.
    const asking = ['AssociateSoftwareToken', 'VerifySoftwareToken', 'ForgetDevice', 'GetDevice']
    for (const { name } of operations) {
      const error = await test.call(name, {}).catch((each: Error) => each)
      if (String(error).includes("'accessToken'")) asking.push(name)
    }

    expect(asking.toSorted((x, y) => (x < y ? -1 : 1))).toEqual(Object.keys(selfService))
  })

  it('take what a key of the pool has signed: the forger below does it right', async () => {
    await expect(call('GetUser', signed({}))).resolves.toMatchObject({ Username: 'ana' })
  })

  it.each(Object.keys(selfService))('%s refuses every token that is not right', async (name) => {
    const [header = '', body = '', signature = ''] = tokens.AccessToken.split('.')
    const nowSeconds = seconds(test.clock.now())
    const refused: readonly (readonly [string, string, string])[] = [
      ['alg none', `${part({ alg: 'none' })}.${body}.`, invalid],
      ['alg none, key named', `${part({ alg: 'none', kid: keys.access.kid })}.${body}.`, invalid],
      ['alg HS256', signed({}, keys.access, { alg: 'HS256' }), invalid],
      ['another key', signed({}, { kid: keys.access.kid, privateKey: stranger }), invalid],
      ['another pool’s key', signed({}, foreignKeys.access), invalid],
      ['another pool’s issuer', signed({ iss: foreignIssuer }), invalid],
      ['a stranger’s issuer', signed({ iss: 'https://evil.example' }), invalid],
      ['the id token', tokens.IdToken, invalid],
      ['the id key', signed({}, keys.id), invalid],
      ['another use', signed({ token_use: 'id' }), invalid],
      ['the refresh token', tokens.RefreshToken, invalid],
      ['changed claims', `${header}.${part({ sub: 'root' })}.${signature}`, invalid],
      ['a cut signature', `${header}.${body}.${signature.slice(0, -4)}`, invalid],
      ['a user that is gone', signed({ sub: '00000000-0000-4000-8000-000000000000' }), invalid],
      ['expired', signed({ exp: nowSeconds }), 'Access Token has expired'],
      ['without an end', signed({ exp: undefined }), 'Access Token has expired'],
      ['not yet issued', signed({ iat: nowSeconds + 3600 }), 'Access Token is not yet valid'],
      ['not yet valid', signed({ nbf: nowSeconds + 3600 }), 'Access Token is not yet valid'],
      [
        'of another scope',
        signed({ scope: 'openid' }),
        'Access Token does not have required scopes',
      ],
    ]

    const outcomes = await Promise.all(
      refused.map(async ([which, token]) => {
        const error = await call(name, token).catch((each: unknown) => each)
        return [which, String(error)]
      }),
    )
    expect(outcomes).toEqual(refused.map(([which, , message]) => [which, `AwsError: ${message}`]))
  })

  it.each(Object.keys(selfService))('%s refuses a revoked token', async (name) => {
    const { AuthenticationResult } = await signIn(test, clientId)
    await test.call('RevokeToken', { ClientId: clientId, Token: AuthenticationResult.RefreshToken })

    await expect(call(name, AuthenticationResult.AccessToken)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    })
  })
})

describe('refresh tokens', () => {
  const refresh = (token: string, client = clientId): Promise<unknown> =>
    test.call('InitiateAuth', {
      ClientId: client,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: token },
    })

  it('are refused from another client, changed, or of another kind', async () => {
    const { UserPoolClient } = await test.call('CreateUserPoolClient', {
      UserPoolId: poolId,
      ClientName: 'other',
    })
    const refused = { code: 'NotAuthorizedException', message: 'Invalid Refresh Token' }
    const { RefreshToken, AccessToken } = tokens
    const changed = `${RefreshToken.slice(0, -3)}${RefreshToken.endsWith('AAA') ? 'BBB' : 'AAA'}`

    await expect(refresh(RefreshToken, UserPoolClient.ClientId)).rejects.toMatchObject(refused)
    await expect(refresh(changed)).rejects.toMatchObject(refused)
    await expect(refresh(AccessToken)).rejects.toMatchObject(refused)
    await expect(
      test.call('RevokeToken', { ClientId: UserPoolClient.ClientId, Token: RefreshToken }),
    ).rejects.toMatchObject({ code: 'UnauthorizedException' })
    await expect(refresh(RefreshToken)).resolves.toBeDefined()
  })

  it.each(['GlobalSignOut', 'AdminUserGlobalSignOut'])('are ended by %s', async (name) => {
    const { AuthenticationResult: old } = await signIn(test, clientId)
    const admin = { UserPoolId: poolId, Username: 'ana' }

    await test.call(name, name === 'GlobalSignOut' ? { AccessToken: old.AccessToken } : admin)

    await expect(refresh(old.RefreshToken)).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Refresh Token has been revoked',
    })
  })
})
