import { boolean, optional, randomLowerAlphanumeric } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { notFound } from '../errors.ts'
import { newClientSecret, clientOf, shownClient } from '../pools/client-settings.ts'
import { checkClient } from '../pools/check-client.ts'
import {
  accessTokenValidity,
  analyticsConfiguration,
  authSessionValidity,
  callbackURLsList,
  clientName,
  clientPermissionList,
  explicitAuthFlowsList,
  idTokenValidity,
  logoutURLsList,
  oAuthFlows,
  preventUserExistenceErrorTypes,
  redirectUrl,
  refreshTokenRotation,
  refreshTokenValidity,
  scopeList,
  supportedIdentityProvidersList,
  tokenValidityUnits,
} from './client-shapes.ts'
import { clientSecret, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Makes an app client. */
export const createUserPoolClient = operation('CreateUserPoolClient', {
  input: {
    UserPoolId: userPoolId,
    ClientName: clientName,
    GenerateSecret: optional(boolean),
    ClientSecret: optional(clientSecret),
    RefreshTokenValidity: optional(refreshTokenValidity),
    AccessTokenValidity: optional(accessTokenValidity),
    IdTokenValidity: optional(idTokenValidity),
    TokenValidityUnits: optional(tokenValidityUnits),
    ReadAttributes: optional(clientPermissionList),
    WriteAttributes: optional(clientPermissionList),
    ExplicitAuthFlows: optional(explicitAuthFlowsList),
    SupportedIdentityProviders: optional(supportedIdentityProvidersList),
    CallbackURLs: optional(callbackURLsList),
    LogoutURLs: optional(logoutURLsList),
    DefaultRedirectURI: optional(redirectUrl),
    AllowedOAuthFlows: optional(oAuthFlows),
    AllowedOAuthScopes: optional(scopeList),
    AllowedOAuthFlowsUserPoolClient: optional(boolean),
    AnalyticsConfiguration: optional(analyticsConfiguration),
    PreventUserExistenceErrors: optional(preventUserExistenceErrorTypes),
    EnableTokenRevocation: optional(boolean),
    EnablePropagateAdditionalUserContextData: optional(boolean),
    AuthSessionValidity: optional(authSessionValidity),
    RefreshTokenRotation: optional(refreshTokenRotation),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const { ids, clock } = ctx.environment
    checkClient(ctx.store.reader, pool, input)
    const nowMs = clock.now()
    const client = clientOf(input, {
      ClientId: randomLowerAlphanumeric(ids, 26),
      ClientName: input.ClientName,
      ClientSecret:
        input.ClientSecret ?? (input.GenerateSecret === true ? newClientSecret(ids) : undefined),
      createdMs: nowMs,
      modifiedMs: nowMs,
    })
    await ctx.store.write((writer) => {
      if (ctx.pools.pool(writer, pool.id) === undefined) {
        throw notFound(`User pool ${pool.id} does not exist.`)
      }
      ctx.pools.putClient(writer, client)
    })
    return { UserPoolClient: shownClient(client) }
  },
})
