import { describe, expect, it } from 'vitest'
import {
  password,
  poolWithUser,
  signIn,
  testCognito,
  type Answer,
  type TestCognito,
} from './test-cognito.ts'
import { unverifiedClaims } from './tokens/jwt.ts'

type World = { test: TestCognito; poolId: string; clientId: string }

async function world(pool: object = {}): Promise<World> {
  const test = testCognito()
  return { test, ...(await poolWithUser(test, { pool })) }
}

const ofAna = ({ poolId }: World) => ({ UserPoolId: poolId, Username: 'ana' })

describe('groups', () => {
  const make = ({ test, poolId }: World, GroupName: string, more: object = {}): Promise<Answer> =>
    test.call('CreateGroup', { UserPoolId: poolId, GroupName, ...more })
  const add = (at: World, GroupName: string): Promise<Answer> =>
    at.test.call('AdminAddUserToGroup', { ...ofAna(at), GroupName })

  it('are shown, listed in pages and changed, what is not given stays', async () => {
    const at = await world()
    const { test, poolId } = at
    for (const name of ['c', 'a', 'b']) await make(at, name, { Description: name, Precedence: 7 })

    await test.call('UpdateGroup', { UserPoolId: poolId, GroupName: 'b', Precedence: 1 })
    const { Group } = await test.call('GetGroup', { UserPoolId: poolId, GroupName: 'b' })
    const first = await test.call('ListGroups', { UserPoolId: poolId, Limit: 2 })
    const { NextToken } = first
    const second = await test.call('ListGroups', { UserPoolId: poolId, Limit: 2, NextToken })

    expect(Group).toMatchObject({ GroupName: 'b', Description: 'b', Precedence: 1 })
    expect(
      [...first.Groups, ...second.Groups].map(({ GroupName }: Answer) => GroupName as string),
    ).toEqual(['a', 'b', 'c'])
    expect(second.NextToken).toBeUndefined()
    await expect(
      test.call('GetGroup', { UserPoolId: poolId, GroupName: 'nowhere' }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' })
    await expect(make(at, 'a')).rejects.toMatchObject({ code: 'GroupExistsException' })
  })

  it('stand in tokens by their precedence, with their roles, until the user leaves', async () => {
    const at = await world()
    const { test, clientId } = at
    const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`
    await make(at, 'late', { Precedence: 9, RoleArn: role('late') })
    await make(at, 'first', { Precedence: 0, RoleArn: role('first') })
    await make(at, 'unranked')
    for (const name of ['unranked', 'late', 'first']) await add(at, name)

    const { AuthenticationResult: before } = await signIn(test, clientId)
    await test.call('AdminRemoveUserFromGroup', { ...ofAna(at), GroupName: 'first' })
    const { AuthenticationResult: after } = await signIn(test, clientId)

    expect(unverifiedClaims(before.IdToken)).toMatchObject({
      'cognito:groups': ['first', 'late', 'unranked'],
      'cognito:roles': [role('first'), role('late')],
      'cognito:preferred_role': role('first'),
    })
    expect(unverifiedClaims(before.AccessToken)).toMatchObject({
      'cognito:groups': ['first', 'late', 'unranked'],
    })
    expect(unverifiedClaims(after.IdToken)).toMatchObject({
      'cognito:groups': ['late', 'unranked'],
    })
  })
})

describe('what administrators do to users', () => {
  it('a reset: the password counts no more until a code gives another', async () => {
    const at = await world()
    const { test, clientId } = at

    await test.call('AdminResetUserPassword', ofAna(at))

    await expect(signIn(test, clientId)).rejects.toMatchObject({
      code: 'PasswordResetRequiredException',
      message: 'Password reset required for the user',
    })
    await test.call('ConfirmForgotPassword', {
      ClientId: clientId,
      Username: 'ana',
      ConfirmationCode: test.cognito.outbox.lastCode('ana'),
      Password: 'Another-one-2',
    })
    const { AuthenticationResult } = await signIn(test, clientId, { PASSWORD: 'Another-one-2' })
    expect(AuthenticationResult.AccessToken).toBeDefined()
  })

  it('taking attributes away, but not those that a user must have', async () => {
    const at = await world()
    const { test } = at
    await test.call('AdminUpdateUserAttributes', {
      ...ofAna(at),
      UserAttributes: [{ Name: 'nickname', Value: 'Anita' }],
    })

    await test.call('AdminDeleteUserAttributes', {
      ...ofAna(at),
      UserAttributeNames: ['nickname'],
    })

    const { UserAttributes } = await test.call('AdminGetUser', ofAna(at))
    expect(UserAttributes.map(({ Name }: Answer) => Name as string).sort()).toEqual([
      'email',
      'email_verified',
      'sub',
    ])
    await expect(
      test.call('AdminDeleteUserAttributes', { ...ofAna(at), UserAttributeNames: ['sub'] }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' })
  })

  it('signing in for them, and answering what is asked then', async () => {
    const at = await world({ MfaConfiguration: 'OFF' })
    const { test, poolId, clientId } = at
    await test.call('AdminCreateUser', {
      UserPoolId: poolId,
      Username: 'ben',
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
    })
    const { ChallengeName, Session } = await test.call('AdminInitiateAuth', {
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ben', PASSWORD: 'Temporary-1' },
    })

    const { AuthenticationResult } = await test.call('AdminRespondToAuthChallenge', {
      UserPoolId: poolId,
      ClientId: clientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: 'ben', NEW_PASSWORD: password },
    })

    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    expect(unverifiedClaims(AuthenticationResult.AccessToken)).toMatchObject({ username: 'ben' })
  })

  it('choosing a second factor: only one that the user can give', async () => {
    const at = await world({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] })

    await expect(
      at.test.call('AdminSetUserMFAPreference', {
        ...ofAna(at),
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' })
    expect(
      await at.test.call('AdminSetUserMFAPreference', {
        ...ofAna(at),
        SoftwareTokenMfaSettings: { Enabled: false },
      }),
    ).toEqual({})
  })
})

it('there are no devices and no outside identity providers', async () => {
  const at = await world()
  const DeviceKey = 'us-east-1_00000000-0000-0000-0000-000000000000'

  const refusals = await Promise.all(
    ['AdminGetDevice', 'AdminForgetDevice', 'AdminUpdateDeviceStatus'].map((name) =>
      at.test.call(name, { ...ofAna(at), DeviceKey }).catch(({ code }) => code as string),
    ),
  )

  expect(refusals).toEqual(Array.from({ length: 3 }, () => 'ResourceNotFoundException'))
  expect(await at.test.call('ListIdentityProviders', { UserPoolId: at.poolId })).toEqual({
    Providers: [],
  })
})
