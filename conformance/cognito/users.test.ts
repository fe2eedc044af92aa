import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  GetUserAttributeVerificationCodeCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  StartUserImportJobCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

async function people(UserPoolId: string, names: readonly string[]): Promise<void> {
  for (const Username of names) {
    await pools.client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: `${Username}@example.com` },
          { Name: 'given_name', Value: Username.toUpperCase() },
        ],
      }),
    )
  }
}

describe('ListUsers', () => {
  it.each([
    ['email = "ben@example.com"', ['ben']],
    ['email = "BEN@example.com"', ['ben']],
    ['email ^= "b"', ['bea', 'ben']],
    ['username ^= "be"', ['bea', 'ben']],
    ['username = "Ben"', []],
    ['given_name = "carl"', ['carl']],
    ['status = "Disabled"', ['carl']],
    ['cognito:user_status = "CONFIRMED"', ['ana']],
    ['phone_number = "+15555550100"', []],
  ])('finds by %s', async (Filter, expected) => {
    const { UserPoolId } = await pools.pool()
    await people(UserPoolId, ['bea', 'ben', 'carl'])
    await pools.client.send(new AdminDisableUserCommand({ UserPoolId, Username: 'carl' }))

    const { Users = [] } = await pools.client.send(new ListUsersCommand({ UserPoolId, Filter }))

    expect(Users.map(({ Username }) => Username)).toEqual(expected)
  })

  it('pages, and shows the attributes asked for', async () => {
    const { UserPoolId } = await pools.pool()
    await people(UserPoolId, ['bea', 'ben', 'carl', 'dora'])
    const seen: (string | undefined)[] = []

    let PaginationToken: string | undefined
    do {
      const page = await pools.client.send(
        new ListUsersCommand({
          UserPoolId,
          Limit: 2,
          AttributesToGet: ['email'],
          ...(PaginationToken === undefined ? {} : { PaginationToken }),
        }),
      )
      for (const { Username, Attributes } of page.Users ?? []) {
        seen.push(Username)
        expect(Attributes).toEqual([{ Name: 'email', Value: `${Username}@example.com` }])
      }
      PaginationToken = page.PaginationToken
    } while (PaginationToken !== undefined)

    expect(seen).toEqual(['ana', 'bea', 'ben', 'carl', 'dora'])
  })

  it('refuses a filter that it does not know', async () => {
    const { UserPoolId } = await pools.pool()
    const list = (Filter: string) => pools.client.send(new ListUsersCommand({ UserPoolId, Filter }))

    expect(await refusal(list('nonsense'))).toMatch(/^InvalidParameterException/)
    expect(await refusal(list('birthdate = "2000-01-01"'))).toMatch(/^InvalidParameterException/)
  })
})

describe('groups', () => {
  it('have members, and go away without them', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    for (const [GroupName, Precedence] of [
      ['clerks', 5],
      ['admins', 1],
    ] as const) {
      await pools.client.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence }))
      await pools.client.send(
        new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: 'ana' }),
      )
    }

    const { AuthenticationResult } = await pools.signIn(ClientId)
    const body = AuthenticationResult?.AccessToken?.split('.')[1] ?? ''
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    expect(claims).toMatchObject({ 'cognito:groups': ['admins', 'clerks'] })

    await pools.client.send(new DeleteGroupCommand({ UserPoolId, GroupName: 'clerks' }))
    const { Groups = [] } = await pools.client.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: 'ana' }),
    )
    const { Users = [] } = await pools.client.send(
      new ListUsersInGroupCommand({ UserPoolId, GroupName: 'admins' }),
    )
    expect(Groups.map(({ GroupName }) => GroupName)).toEqual(['admins'])
    expect(Users.map(({ Username }) => Username)).toEqual(['ana'])
  })
})

describe('attributes', () => {
  it('a new e-mail address is unproven until its code is given', async () => {
    const { UserPoolId, ClientId } = await pools.pool({
      pool: { AutoVerifiedAttributes: ['email'] },
    })
    const { AuthenticationResult } = await pools.signIn(ClientId)
    const AccessToken = AuthenticationResult?.AccessToken
    const verified = async () =>
      (
        await pools.client.send(new AdminGetUserCommand({ UserPoolId, Username: 'ana' }))
      ).UserAttributes?.find(({ Name }) => Name === 'email_verified')?.Value

    const { CodeDeliveryDetailsList } = await pools.client.send(
      new UpdateUserAttributesCommand({
        AccessToken,
        UserAttributes: [{ Name: 'email', Value: 'new@example.org' }],
      }),
    )

    expect(CodeDeliveryDetailsList?.[0]?.Destination).toBe('n***@e***')
    expect(await verified()).toBe('false')
    const stale = pools.outbox.lastCode('new@example.org')
    await pools.client.send(
      new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }),
    )
    const verify = (Code: string | undefined) =>
      pools.client.send(
        new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }),
      )
    expect(await refusal(verify(stale))).toMatch(/^CodeMismatchException/)
    await verify(pools.outbox.lastCode('new@example.org'))
    expect(await verified()).toBe('true')
  })

  it('keep to the schema', async () => {
    const { UserPoolId } = await pools.pool()
    const update = (Name: string, Value: string) =>
      pools.client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: 'ana',
          UserAttributes: [{ Name, Value }],
        }),
      )

    expect(await refusal(update('custom:tenant', 'north'))).toMatch(
      /^InvalidParameterException: Attributes did not conform to the schema/,
    )
    expect(await refusal(update('phone_number', '555'))).toBe(
      'InvalidParameterException: Invalid phone number format.',
    )
    expect(await refusal(update('sub', 'root'))).toMatch(/^InvalidParameterException/)
  })
})

describe('errors', () => {
  it('name what is not there, and what is not offered', async () => {
    const { UserPoolId } = await pools.pool()

    expect(
      await refusal(pools.client.send(new AdminGetUserCommand({ UserPoolId, Username: 'nobody' }))),
    ).toBe('UserNotFoundException: User does not exist.')
    expect(
      await refusal(
        pools.client.send(
          new AdminDeleteUserCommand({ UserPoolId: 'us-east-1_000000000', Username: 'ana' }),
        ),
      ),
    ).toBe('ResourceNotFoundException: User pool us-east-1_000000000 does not exist.')
    expect(
      await refusal(
        pools.client.send(new StartUserImportJobCommand({ UserPoolId, JobId: 'import-1' })),
      ),
    ).toMatch(/^UnsupportedOperationException: StartUserImportJob /)
  })
})
