import {
  AddCustomAttributesCommand,
  AdminGetUserCommand,
  AdminListDevicesCommand,
  AdminUpdateUserAttributesCommand,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetDeviceCommand,
  GetUserPoolMfaConfigCommand,
  ListDevicesCommand,
  ListResourceServersCommand,
  ListTagsForResourceCommand,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startUserPools, type UserPools } from './user-pools.ts'

let pools: UserPools
beforeAll(async () => {
  pools = await startUserPools()
})
afterAll(() => pools.stop())

describe('parts of a pool', () => {
  it('resource servers', async () => {
    const { UserPoolId } = await pools.pool()
    const server = { UserPoolId, Identifier: 'orders', Name: 'Orders' }
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read orders' }]
    const create = () => pools.client.send(new CreateResourceServerCommand({ ...server, Scopes }))

    await create()
    expect(await refusal(create())).toMatch(/^InvalidParameterException/)
    await pools.client.send(new UpdateResourceServerCommand({ ...server, Name: 'All orders' }))

    const list = await pools.client.send(new ListResourceServersCommand({ UserPoolId }))
    expect(list.ResourceServers).toEqual([{ ...server, Name: 'All orders', Scopes: [] }])
    await pools.client.send(new DeleteResourceServerCommand({ UserPoolId, Identifier: 'orders' }))
    expect(
      await refusal(
        pools.client.send(new DescribeResourceServerCommand({ UserPoolId, Identifier: 'orders' })),
      ),
    ).toMatch(/^ResourceNotFoundException/)
  })

  it('a domain', async () => {
    const { UserPoolId } = await pools.pool()
    const domain = { UserPoolId, Domain: 'people-of-the-north' }
    const describeDomain = async () =>
      (await pools.client.send(new DescribeUserPoolDomainCommand({ Domain: domain.Domain })))
        .DomainDescription

    await pools.client.send(new CreateUserPoolDomainCommand(domain))
    await pools.client.send(new UpdateUserPoolDomainCommand({ ...domain, ManagedLoginVersion: 2 }))

    expect(await describeDomain()).toMatchObject({
      ...domain,
      Status: 'ACTIVE',
      ManagedLoginVersion: 2,
    })
    const { UserPool } = await pools.client.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool?.Domain).toBe(domain.Domain)
    await pools.client.send(new DeleteUserPoolDomainCommand(domain))
    expect(await describeDomain()).toEqual({})
  })

  it('tags', async () => {
    const { UserPoolId } = await pools.pool({ pool: { UserPoolTags: { team: 'north' } } })
    const ResourceArn = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`

    await pools.client.send(new TagResourceCommand({ ResourceArn, Tags: { stage: 'dev' } }))
    await pools.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }))

    const { Tags } = await pools.client.send(new ListTagsForResourceCommand({ ResourceArn }))
    expect(Tags).toEqual({ stage: 'dev' })
  })

  it('custom attributes', async () => {
    const { UserPoolId } = await pools.pool()
    await pools.client.send(
      new AddCustomAttributesCommand({
        UserPoolId,
        CustomAttributes: [
          {
            Name: 'tenant',
            AttributeDataType: 'String',
            StringAttributeConstraints: { MaxLength: '5' },
          },
        ],
      }),
    )
    const update = (Value: string) =>
      pools.client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: 'ana',
          UserAttributes: [{ Name: 'custom:tenant', Value }],
        }),
      )

    await update('north')

    expect(await refusal(update('northern'))).toMatch(/^InvalidParameterException/)
    const { UserAttributes } = await pools.client.send(
      new AdminGetUserCommand({ UserPoolId, Username: 'ana' }),
    )
    expect(UserAttributes).toContainEqual({ Name: 'custom:tenant', Value: 'north' })
  })

  it('second factors', async () => {
    const { UserPoolId } = await pools.pool()

    await pools.client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    )

    const config = await pools.client.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))
    expect(config).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
  })

  it('devices: none is ever known', async () => {
    const { UserPoolId, ClientId } = await pools.pool()
    const AccessToken = (await pools.signIn(ClientId)).AuthenticationResult?.AccessToken
    const DeviceKey = 'us-east-1_0a1b2c3d-0000-4000-8000-000000000000'

    const mine = await pools.client.send(new ListDevicesCommand({ AccessToken }))
    const theirs = await pools.client.send(
      new AdminListDevicesCommand({ UserPoolId, Username: 'ana' }),
    )

    expect([mine.Devices, theirs.Devices]).toEqual([[], []])
    expect(await refusal(pools.client.send(new GetDeviceCommand({ AccessToken, DeviceKey })))).toBe(
      'ResourceNotFoundException: Device does not exist.',
    )
  })
})
