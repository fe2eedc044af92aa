import { afterAll, describe, expect, it } from 'vitest'
import { testBench, type Sections } from '../test-cloud.ts'

const bench = testBench()
afterAll(() => bench.done())

const template = (scopes: readonly string[], domain = 'parcels'): Sections => ({
  Users: { Type: 'AWS::Cognito::UserPool', Properties: {} },
  Pages: {
    Type: 'AWS::Cognito::UserPoolDomain',
    Properties: { UserPoolId: { Ref: 'Users' }, Domain: domain },
  },
  Orders: {
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: {
      UserPoolId: { Ref: 'Users' },
      Identifier: 'orders',
      Name: 'Orders',
      Scopes: scopes.map((name) => ({ ScopeName: name, ScopeDescription: name })),
    },
  },
  Machine: {
    Type: 'AWS::Cognito::UserPoolClient',
    DependsOn: 'Orders',
    Properties: {
      UserPoolId: { Ref: 'Users' },
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: scopes.map((name) => `orders/${name}`),
    },
  },
})
const outputs: Sections = {
  Outputs: {
    Domain: { Value: { Ref: 'Pages' } },
    Server: { Value: { Ref: 'Orders' } },
    Id: { Value: { Ref: 'Machine' } },
    Secret: { Value: { 'Fn::GetAtt': ['Machine', 'ClientSecret'] } },
  },
}

describe('AWS::Cognito::UserPoolDomain and UserPoolResourceServer', () => {
  it('give a template’s machine a token with its scopes, follow changes, and go with the stack', async () => {
    const cloud = await bench.start()
    const valueOf = (name: string): string =>
      cloud.stacks()[0]?.outputs.find((each) => each.name === name)?.value ?? ''
    const token = async (): Promise<{ status: number; scope: unknown }> => {
      const credentials = Buffer.from(`${valueOf('Id')}:${valueOf('Secret')}`).toString('base64')
      const response = await fetch(`${cloud.endpoint}/_cognito/parcels/oauth2/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${credentials}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      })
      const text = await response.text()
      if (response.status !== 200) return { status: response.status, scope: text }
      const { access_token: made } = JSON.parse(text) as { access_token: string }
      const claims = Buffer.from(made.split('.')[1] ?? '', 'base64url').toString('utf8')
      return { status: 200, scope: (JSON.parse(claims) as { scope: string }).scope }
    }

    await bench.deploy(cloud, 'parcels', template(['read']), outputs)
    expect([valueOf('Domain'), valueOf('Server')]).toEqual(['parcels', 'orders'])
    expect(await token()).toEqual({ status: 200, scope: 'orders/read' })

    await bench.deploy(cloud, 'parcels', template(['read', 'write']), outputs)
    expect(await token()).toEqual({ status: 200, scope: 'orders/read orders/write' })

    await cloud.removeStack('parcels')
    expect((await token()).status).toBe(404)
  })
})
