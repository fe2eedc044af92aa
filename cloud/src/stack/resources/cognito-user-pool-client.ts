import { callOperation, generatedName } from '../resource-context.ts'
import {
  boolean,
  inert,
  list,
  members,
  number,
  oneOf,
  refused,
  required,
  text,
} from '../property-shape.ts'
import { resourceType, unless } from '../resource-type.ts'

const unit = oneOf('seconds', 'minutes', 'hours', 'days')

/** CloudFormation, "AWS::Cognito::UserPoolClient". Names and values are those of CreateUserPoolClient. */
export const cognitoUserPoolClient = resourceType({
  type: 'AWS::Cognito::UserPoolClient',
  properties: {
    AccessTokenValidity: number,
    AllowedOAuthFlows: list(oneOf('code', 'implicit', 'client_credentials')),
    AllowedOAuthFlowsUserPoolClient: boolean,
    AllowedOAuthScopes: list(text),
    AnalyticsConfiguration: inert,
    AuthSessionValidity: number,
    CallbackURLs: list(text),
    ClientName: text,
    DefaultRedirectURI: text,
    EnablePropagateAdditionalUserContextData: boolean,
    EnableTokenRevocation: boolean,
    ExplicitAuthFlows: list(text),
    GenerateSecret: boolean,
    IdTokenValidity: number,
    LogoutURLs: list(text),
    PreventUserExistenceErrors: oneOf('LEGACY', 'ENABLED'),
    ReadAttributes: list(text),
    RefreshTokenRotation: members({
      Feature: oneOf('ENABLED', 'DISABLED'),
      RetryGracePeriodSeconds: number,
    }),
    RefreshTokenValidity: number,
    SupportedIdentityProviders: list(oneOf('COGNITO')),
    TokenValidityUnits: members({ AccessToken: unit, IdToken: unit, RefreshToken: unit }),
    UserPoolId: required(text),
    WriteAttributes: list(text),
    ClientSecret: refused('a secret is generated'),
  },
  attributes: ['ClientId', 'ClientSecret', 'Name'],
  async create(context, wanted) {
    const ClientName = wanted.ClientName ?? generatedName(context, 128)
    const answer = await callOperation(context.parts.cognito, 'CreateUserPoolClient', {
      ...wanted,
      ClientName,
    })
    const client = answer['UserPoolClient'] as { ClientId: string; ClientSecret?: string }
    return {
      physicalId: client.ClientId,
      attributes: {
        ClientId: client.ClientId,
        Name: ClientName,
        ...(client.ClientSecret === undefined ? {} : { ClientSecret: client.ClientSecret }),
      },
    }
  },
  async update(context, existing, { before, after }) {
    if (before.UserPoolId !== after.UserPoolId || before.GenerateSecret !== after.GenerateSecret) {
      return 'replace'
    }
    const { GenerateSecret: _fixed, ...settings } = after
    const name = existing.attributes['Name']
    const ClientName = after.ClientName ?? (typeof name === 'string' ? name : '')
    await callOperation(context.parts.cognito, 'UpdateUserPoolClient', {
      ...settings,
      ClientName,
      ClientId: existing.physicalId,
    })
    return { ...existing, attributes: { ...existing.attributes, Name: ClientName } }
  },
  async remove(context, existing, wanted) {
    await unless(['ResourceNotFoundException'], () =>
      callOperation(context.parts.cognito, 'DeleteUserPoolClient', {
        UserPoolId: wanted.UserPoolId,
        ClientId: existing.physicalId,
      }),
    )
  },
})
