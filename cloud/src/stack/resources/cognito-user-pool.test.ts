import { afterAll, describe, expect, it } from 'vitest'
import type { Cloud } from '../cloud.ts'
import { testBench, type Sections } from '../test-cloud.ts'

const bench = testBench()
afterAll(() => bench.done())

const pool = (properties: Sections): Sections => ({
  Users: { Type: 'AWS::Cognito::UserPool', Properties: properties },
})
const app: Sections = {
  App: {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Users' },
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    },
  },
}
const outputs: Sections = {
  Outputs: { Pool: { Value: { Ref: 'Users' } }, App: { Value: { Ref: 'App' } } },
}

async function cognito(
  cloud: Cloud,
  name: string,
  input: object,
): Promise<Record<string, Record<string, unknown>>> {
  const answer: unknown = await cloud.operations.cognito.get(name)?.(input)
  return JSON.parse(JSON.stringify(answer)) as Record<string, Record<string, unknown>>
}

async function onlyPool(cloud: Cloud): Promise<string> {
  const { UserPools } = await cognito(cloud, 'ListUserPools', { MaxResults: 1 })
  return (UserPools as unknown as { Id: string }[])[0]?.Id ?? ''
}

const email = { Name: 'email', Required: true, Mutable: true }
const tenant = { Name: 'tenant', AttributeDataType: 'String', Mutable: true }

describe('AWS::Cognito::UserPool', () => {
  it('adds custom attributes to a pool that has users, and keeps those that a template drops', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'people', { ...pool({ Schema: [email] }), ...app }, outputs)
    const UserPoolId = await onlyPool(cloud)
    const user = { UserPoolId, Username: 'ana' }
    await cognito(cloud, 'AdminCreateUser', {
      ...user,
      UserAttributes: [{ Name: 'email', Value: 'ana@example.com' }],
    })

    await bench.deploy(cloud, 'people', { ...pool({ Schema: [email, tenant] }), ...app }, outputs)
    await cognito(cloud, 'AdminUpdateUserAttributes', {
      ...user,
      UserAttributes: [{ Name: 'custom:tenant', Value: 'north' }],
    })
    await bench.deploy(cloud, 'people', { ...pool({ Schema: [email] }), ...app }, outputs)
    await bench.deploy(cloud, 'people', { ...pool({ Schema: [email, tenant] }), ...app }, outputs)

    expect(await onlyPool(cloud)).toBe(UserPoolId)
    const { UserAttributes } = await cognito(cloud, 'AdminGetUser', user)
    expect(UserAttributes).toContainEqual({ Name: 'custom:tenant', Value: 'north' })
  })

  it('refuses to change an attribute, in CloudFormation’s words', async () => {
    const cloud = await bench.start()
    await bench.deploy(cloud, 'people', pool({ Schema: [tenant] }))

    const change = bench.deploy(cloud, 'people', pool({ Schema: [{ ...tenant, Mutable: false }] }))

    await expect(change).rejects.toThrow(
      'Existing schema attributes cannot be modified or deleted.',
    )
  })

  it('requires the second factors that a template names', async () => {
    const cloud = await bench.start()
    const resources = {
      ...pool({ MfaConfiguration: 'ON', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] }),
      ...app,
    }
    const { stack } = await bench.deploy(cloud, 'people', resources, outputs)
    const [ClientId, UserPoolId] = ['App', 'Pool'].map(
      (name) => stack.outputs.find((output) => output.name === name)?.value,
    )
    const user = { UserPoolId, Username: 'ana' }
    await cognito(cloud, 'AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' })
    const Password = 'Correct-horse-7'
    await cognito(cloud, 'AdminSetUserPassword', { ...user, Password, Permanent: true })

    const challenge = await cognito(cloud, 'InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: Password },
    })
    const config = await cognito(cloud, 'GetUserPoolMfaConfig', { UserPoolId })

    expect(challenge).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    })
    expect(config).toEqual({
      MfaConfiguration: 'ON',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    })
    await expect(bench.deploy(cloud, 'none', pool({ MfaConfiguration: 'ON' }))).rejects.toThrow(
      'is ON without a factor: name at least one in EnabledMfas',
    )
  })
})
