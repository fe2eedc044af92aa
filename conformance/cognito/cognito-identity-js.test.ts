import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AdminCreateUserCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js'
import { password, refusal, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

/** The browser keeps tokens in localStorage; here each user has a map. */
function memoryStorage() {
  const items = new Map<string, string>()
  return {
    setItem: (key: string, value: string): void => void items.set(key, value),
    getItem: (key: string): string | null => items.get(key) ?? null,
    removeItem: (key: string): void => void items.delete(key),
    clear: (): void => items.clear(),
  }
}

function userOf(UserPoolId: string, ClientId: string, Username: string): CognitoUser {
  const Storage = memoryStorage()
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: pools.address, Storage })
  return new CognitoUser({ Username, Pool, Storage })
}

/** Signs in by SRP, the library's own default; `newPassword` answers the challenge for one. */
const signIn = (
  user: CognitoUser,
  Password: string,
  newPassword?: string,
): Promise<CognitoUserSession> =>
  new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: resolve,
      onFailure: reject,
      newPasswordRequired: () =>
        newPassword === undefined
          ? reject(new Error('A new password is asked for.'))
          : user.completeNewPasswordChallenge(newPassword, {}, callbacks),
    }
    const Username = user.getUsername()
    user.authenticateUser(new AuthenticationDetails({ Username, Password }), callbacks)
  })

describe('amazon-cognito-identity-js', () => {
  it('signs in by SRP, reads the user, and refreshes', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    const user = userOf(UserPoolId, ClientId, 'ana')

    const session = await signIn(user, password)
    const attributes = await new Promise<Record<string, string>>((resolve, reject) => {
      user.getUserAttributes((error, found) => {
        if (error) reject(error)
        else resolve(Object.fromEntries((found ?? []).map((each) => [each.Name, each.Value])))
      })
    })
    const refreshed = await new Promise<CognitoUserSession>((resolve, reject) => {
      user.refreshSession(session.getRefreshToken(), (error, next: CognitoUserSession) => {
        if (error) reject(error)
        else resolve(next)
      })
    })

    expect(session.isValid()).toBe(true)
    expect(session.getIdToken().payload['email']).toBe('ana@example.com')
    expect(attributes['email']).toBe('ana@example.com')
    expect(refreshed.getAccessToken().payload['origin_jti']).toBe(
      session.getAccessToken().payload['origin_jti'],
    )
    expect(refreshed.getAccessToken().getJwtToken()).not.toBe(
      session.getAccessToken().getJwtToken(),
    )
  })

  it('refuses a wrong password in Cognito’s words', async () => {
    const { UserPoolId, ClientId } = await pools.pool()

    const refused = signIn(userOf(UserPoolId, ClientId, 'ana'), 'Wrong-horse-7')

    await expect(refused).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    })
  })

  it('answers the challenge for a new password after a temporary one', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    await pools.client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'ben',
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
      }),
    )

    const first = await signIn(userOf(UserPoolId, ClientId, 'ben'), 'Temporary-1', 'Chosen-one-1')
    const again = await signIn(userOf(UserPoolId, ClientId, 'ben'), 'Chosen-one-1')

    expect(first.isValid()).toBe(true)
    expect(again.isValid()).toBe(true)
  })

  it('signs up, confirms, changes the password, and signs out everywhere', async () => {
    const { UserPoolId, ClientId } = await pools.pool({
      pool: { AutoVerifiedAttributes: ['email'] },
    })
    const user = userOf(UserPoolId, ClientId, 'carla')
    const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: pools.address })
    const done = (resolve: () => void, reject: (error: Error) => void) => (error?: Error) =>
      error ? reject(error) : resolve()

    const { CognitoUserAttribute } = await import('amazon-cognito-identity-js')
    const email = new CognitoUserAttribute({ Name: 'email', Value: 'carla@example.com' })
    await new Promise<void>((resolve, reject) => {
      Pool.signUp('carla', password, [email], [], done(resolve, reject))
    })
    const code = pools.outbox.lastCode('carla') ?? ''
    await new Promise<void>((resolve, reject) => {
      user.confirmRegistration(code, true, done(resolve, reject))
    })
    const session = await signIn(user, password)
    await new Promise<void>((resolve, reject) => {
      user.changePassword(password, 'Another-horse-8', done(resolve, reject))
    })
    const other = await signIn(userOf(UserPoolId, ClientId, 'carla'), 'Another-horse-8')
    await new Promise<void>((resolve, reject) => {
      user.globalSignOut({ onSuccess: () => resolve(), onFailure: reject })
    })

    for (const each of [session, other]) {
      const AccessToken = each.getAccessToken().getJwtToken()
      expect(await refusal(pools.client.send(new GetUserCommand({ AccessToken })))).toBe(
        'NotAuthorizedException: Access Token has been revoked',
      )
    }
  })
})
