import {
  AdminCreateUserCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import type { UserPools } from '../cognito/user-pools.ts'

export const temporaryPassword = 'Temporary-pass-1'
export const chosenPassword = 'My-own-choice-22'

/** A pool with a domain, an app client for the code grant, and a user whom an administrator created. */
export async function poolWithPages(
  pools: UserPools,
  settings: {
    domain: string
    callback: string
    pool?: Partial<CreateUserPoolCommandInput>
    client?: Partial<CreateUserPoolClientCommandInput>
  },
) {
  const { client } = pools
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({ PoolName: 'people', ...settings.pool }),
  )
  const UserPoolId = UserPool?.Id ?? ''
  await client.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: 'https://orders.example.com',
      Name: 'orders',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read orders' }],
    }),
  )
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'Parcel desk',
      SupportedIdentityProviders: ['COGNITO'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthScopes: ['openid', 'email', 'https://orders.example.com/read'],
      CallbackURLs: [settings.callback],
      LogoutURLs: [`${settings.callback}/bye`],
      ...settings.client,
    }),
  )
  await client.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: settings.domain }))
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: 'ana',
      TemporaryPassword: temporaryPassword,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: 'ana@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  )
  return {
    UserPoolId,
    ClientId: UserPoolClient?.ClientId ?? '',
    secret: UserPoolClient?.ClientSecret,
    issuer: `${pools.address}/${UserPoolId}`,
    pages: `${pools.address}/_cognito/${settings.domain}`,
  }
}
