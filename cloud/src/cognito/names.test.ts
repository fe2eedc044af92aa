import { describe, expect, it } from 'vitest'
import { unverifiedClaims } from './tokens/jwt.ts'
import { password, poolWithUser, signIn, testCognito } from './test-cognito.ts'

describe('names', () => {
  it('are e-mail addresses where the pool says so, and the user name is the sub', async () => {
    const test = testCognito()
    const { UserPool } = await test.call('CreateUserPool', {
      PoolName: 'people',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    })
    const { UserPoolClient } = await test.call('CreateUserPoolClient', {
      UserPoolId: UserPool.Id,
      ClientName: 'app',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    })
    const { ClientId } = UserPoolClient
    const signUp = (Username: string) =>
      test.call('SignUp', { ClientId, Username, Password: password })

    const { UserSub } = await signUp('Ana@Example.com')
    await test.call('AdminConfirmSignUp', { UserPoolId: UserPool.Id, Username: 'ana@example.com' })

    const { AuthenticationResult } = await signIn(test, ClientId, { USERNAME: 'ANA@example.com' })
    expect(unverifiedClaims(AuthenticationResult.AccessToken)?.['username']).toBe(UserSub)
    expect(unverifiedClaims(AuthenticationResult.IdToken)?.['email']).toBe('Ana@Example.com')
    await expect(signUp('ana@example.com')).rejects.toMatchObject({
      code: 'UsernameExistsException',
    })
    await signUp('ben@example.com')
    await expect(
      test.call('AdminUpdateUserAttributes', {
        UserPoolId: UserPool.Id,
        Username: 'ben@example.com',
        UserAttributes: [{ Name: 'email', Value: 'ana@example.com' }],
      }),
    ).rejects.toMatchObject({ message: 'An account with the given email already exists.' })
    await expect(signUp('ana')).rejects.toMatchObject({
      message: 'Username should be an email.',
    })
  })

  it('include verified addresses where the pool has aliases, one user each', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test, { pool: { AliasAttributes: ['email'] } })
    const create = (Username: string, verified: string, ForceAliasCreation = false) =>
      test.call('AdminCreateUser', {
        UserPoolId: poolId,
        Username,
        MessageAction: 'SUPPRESS',
        TemporaryPassword: 'Temporary-1',
        ForceAliasCreation,
        UserAttributes: [
          { Name: 'email', Value: 'ana@example.com' },
          { Name: 'email_verified', Value: verified },
        ],
      })

    expect(
      (await signIn(test, clientId, { USERNAME: 'ana@example.com' })).AuthenticationResult,
    ).toBeDefined()
    await create('unproven', 'false')
    await expect(create('second', 'true')).rejects.toMatchObject({ code: 'AliasExistsException' })
    await create('third', 'true', true)

    const owner = await test.call('AdminGetUser', {
      UserPoolId: poolId,
      Username: 'ana@example.com',
    })
    expect(owner.Username).toBe('third')
    const former = await test.call('AdminGetUser', { UserPoolId: poolId, Username: 'ana' })
    expect(former.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' })
  })

  it('may be words that objects inherit', async () => {
    const test = testCognito()
    const { poolId, clientId } = await poolWithUser(test)

    for (const Username of ['__proto__', 'constructor', 'toString']) {
      await expect(signIn(test, clientId, { USERNAME: Username })).rejects.toMatchObject({
        code: 'UserNotFoundException',
      })
      await test.call('AdminCreateUser', {
        UserPoolId: poolId,
        Username,
        MessageAction: 'SUPPRESS',
      })
      const found = await test.call('ListUsers', {
        UserPoolId: poolId,
        Filter: `username = "${Username}"`,
      })
      expect(found.Users).toHaveLength(1)
    }
  })

  it('belong to one of two sign-ups at the same time', async () => {
    const test = testCognito()
    const { clientId } = await poolWithUser(test)
    const signUp = () =>
      test.call('SignUp', { ClientId: clientId, Username: 'racer', Password: password })

    const outcomes = await Promise.allSettled([signUp(), signUp(), signUp()])

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
