import {
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  SignUpCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

describe('user pools', () => {
  it('have AWS’s defaults and ids', async () => {
    const { UserPoolId, ClientId } = await pools.pool()

    const { UserPool } = await pools.client.send(new DescribeUserPoolCommand({ UserPoolId }))
    const { UserPoolClient } = await pools.client.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    )

    expect(UserPoolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/)
    expect(ClientId).toMatch(/^[0-9a-z]{26}$/)
    expect(UserPool).toMatchObject({
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
      MfaConfiguration: 'OFF',
      EstimatedNumberOfUsers: 1,
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true } },
    })
    expect(UserPool?.CreationDate).toBeInstanceOf(Date)
    expect(UserPool?.SchemaAttributes).toHaveLength(20)
    expect(UserPoolClient).toMatchObject({
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
      AuthSessionValidity: 3,
    })
  })

  it('are listed, changed and deleted with what is in them', async () => {
    const { UserPoolId, ClientId } = await pools.pool()

    await pools.client.send(
      new UpdateUserPoolCommand({
        UserPoolId,
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
        DeletionProtection: 'ACTIVE',
      }),
    )
    await pools.client.send(
      new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ClientName: 'renamed' }),
    )

    const { UserPools = [] } = await pools.client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
    const { UserPoolClients } = await pools.client.send(
      new ListUserPoolClientsCommand({ UserPoolId }),
    )
    expect(UserPools.map(({ Id }) => Id)).toContain(UserPoolId)
    expect(UserPoolClients).toEqual([{ UserPoolId, ClientId, ClientName: 'renamed' }])
    const remove = () => pools.client.send(new DeleteUserPoolCommand({ UserPoolId }))
    expect(await refusal(remove())).toMatch(/^InvalidParameterException/)
    await pools.client.send(new UpdateUserPoolCommand({ UserPoolId }))
    await remove()
    expect(await refusal(pools.client.send(new DescribeUserPoolCommand({ UserPoolId })))).toBe(
      `ResourceNotFoundException: User pool ${UserPoolId} does not exist.`,
    )
    expect(await refusal(pools.signIn(ClientId))).toBe(
      `ResourceNotFoundException: User pool client ${ClientId} does not exist.`,
    )
  })

  it('keep to their password policy', async () => {
    const { ClientId } = await pools.pool()
    const signUp = (Password: string) =>
      pools.client.send(new SignUpCommand({ ClientId, Username: 'zoe', Password }))
    const broken = 'InvalidPasswordException: Password did not conform with policy: Password '

    expect(await refusal(signUp('Ab-1'))).toBe(`${broken}not long enough`)
    expect(await refusal(signUp('lower-case-1'))).toBe(`${broken}must have uppercase characters`)
    expect(await refusal(signUp('UPPER-CASE-1'))).toBe(`${broken}must have lowercase characters`)
    expect(await refusal(signUp('No-digits-x'))).toBe(`${broken}must have numeric characters`)
    expect(await refusal(signUp('NoSymbols1'))).toBe(`${broken}must have symbol characters`)
  })

  it('refuse settings that contradict each other', async () => {
    const { UserPoolId } = await pools.pool()
    const create = (settings: object) =>
      pools.client.send(
        new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'x', ...settings }),
      )

    expect(
      await refusal(
        create({ AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'seconds' } }),
      ),
    ).toBe('InvalidParameterException: Invalid range for AccessTokenValidity.')
    expect(await refusal(create({ ReadAttributes: ['custom:none'] }))).toMatch(
      /^InvalidParameterException: Invalid read attributes/,
    )
    const made = await create({ ClientName: 'y' })
    const ClientId = made.UserPoolClient?.ClientId
    await pools.client.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }))
    expect(
      await refusal(pools.client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))),
    ).toMatch(/^ResourceNotFoundException/)
  })
})
