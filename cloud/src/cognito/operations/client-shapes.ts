import {
  boolean,
  integerOf,
  list,
  oneOf,
  optional,
  structure,
  text,
  textOf,
} from '../../kernel/index.ts'
import { arn } from './shapes.ts'

/** Shapes of an app client's settings, with the limits of Cognito's API model. */

export const clientName = textOf({ min: 1, max: 128, pattern: '[\\w\\s+=,.@-]+' })
export const refreshTokenValidity = integerOf(0, 315360000)
export const accessTokenValidity = integerOf(1, 86400)
export const idTokenValidity = integerOf(1, 86400)
export const timeUnits = oneOf('seconds', 'minutes', 'hours', 'days')
export const tokenValidityUnits = structure({
  AccessToken: optional(timeUnits),
  IdToken: optional(timeUnits),
  RefreshToken: optional(timeUnits),
})
export const clientPermission = textOf({ min: 1, max: 2048 })
export const clientPermissionList = list(clientPermission)
export const explicitAuthFlows = oneOf(
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
)
export const explicitAuthFlowsList = list(explicitAuthFlows)
export const providerName = textOf({
  min: 1,
  max: 32,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Z}]+',
})
export const supportedIdentityProvidersList = list(providerName)
export const redirectUrl = textOf({
  min: 1,
  max: 1024,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
})
export const callbackURLsList = list(redirectUrl, { max: 100 })
export const logoutURLsList = list(redirectUrl, { max: 100 })
export const oAuthFlow = oneOf('code', 'implicit', 'client_credentials')
export const oAuthFlows = list(oAuthFlow, { max: 3 })
export const scope = textOf({ min: 1, max: 256, pattern: '[\\x21\\x23-\\x5B\\x5D-\\x7E]+' })
export const scopeList = list(scope, { max: 50 })
export const hexString = textOf({ pattern: '[0-9a-fA-F]+' })
export const analyticsConfiguration = structure({
  ApplicationId: optional(hexString),
  ApplicationArn: optional(arn),
  RoleArn: optional(arn),
  ExternalId: optional(text),
  UserDataShared: optional(boolean),
})
export const preventUserExistenceErrorTypes = oneOf('LEGACY', 'ENABLED')
export const authSessionValidity = integerOf(3, 15)
export const feature = oneOf('ENABLED', 'DISABLED')
export const retryGracePeriodSeconds = integerOf(0, 60)
export const refreshTokenRotation = structure({
  Feature: feature,
  RetryGracePeriodSeconds: optional(retryGracePeriodSeconds),
})

/** The settings that a client can be made with, and that an update replaces. */
export const clientSettings = {
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
} as const
