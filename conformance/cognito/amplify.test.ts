import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Amplify } from 'aws-amplify'
import {
  confirmSignIn,
  fetchAuthSession,
  fetchUserAttributes,
  getCurrentUser,
  signIn,
  signOut,
} from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { password, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

/** Amplify is one for the whole process: each test configures it for its own pool. */
function configure(userPoolId: string, userPoolClientId: string): void {
  const items = new Map<string, string>()
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: pools.address } },
  })
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: (key, value) => Promise.resolve(void items.set(key, value)),
    getItem: (key) => Promise.resolve(items.get(key) ?? null),
    removeItem: (key) => Promise.resolve(void items.delete(key)),
    clear: () => Promise.resolve(items.clear()),
  })
}

describe('aws-amplify v6', () => {
  it('signs in by SRP against userPoolEndpoint, refreshes, and signs out everywhere', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    configure(UserPoolId, ClientId)

    const outcome = await signIn({ username: 'ana', password })
    const session = await fetchAuthSession()
    const attributes = await fetchUserAttributes()
    const refreshed = await fetchAuthSession({ forceRefresh: true })

    expect(outcome).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } })
    expect((await getCurrentUser()).username).toBe('ana')
    expect(session.tokens?.idToken?.payload['email']).toBe('ana@example.com')
    expect(attributes.email).toBe('ana@example.com')
    expect(refreshed.tokens?.accessToken.payload['origin_jti']).toBe(
      session.tokens?.accessToken.payload['origin_jti'],
    )
    await signOut({ global: true })
    await expect(getCurrentUser()).rejects.toThrow(/authenticated/)
  })

  it('asks for a new password after a temporary one, and refuses a wrong one', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    configure(UserPoolId, ClientId)
    await pools.client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'ben',
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
      }),
    )

    await expect(signIn({ username: 'ben', password: 'Wrong-one-1' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    })
    const first = await signIn({ username: 'ben', password: 'Temporary-1' })
    const second = await confirmSignIn({ challengeResponse: 'Chosen-one-1' })

    expect(first.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED')
    expect(second.isSignedIn).toBe(true)
    await signOut()
  })
})
