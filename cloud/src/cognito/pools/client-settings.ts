import { randomLowerAlphanumeric, type Ids } from '../../kernel/index.ts'
import { challengeSessionDefaultMinutes, refreshValidityDefaultDays } from '../limits.ts'
import type { Client } from './pool.ts'

const secretLength = 52

export const newClientSecret = (ids: Ids): string => randomLowerAlphanumeric(ids, secretLength)

type Identity = Pick<
  Client,
  'ClientId' | 'ClientName' | 'ClientSecret' | 'createdMs' | 'modifiedMs'
>

/** What CreateUserPoolClient and UpdateUserPoolClient take. */
export type GivenClient = {
  readonly [K in keyof Omit<Client, keyof Identity | 'UserPoolId'>]?: Client[K] | undefined
} & { readonly UserPoolId: string }

/** A client with AWS's defaults filled in ("CreateUserPoolClient"). */
export const clientOf = (given: GivenClient, identity: Identity): Client => ({
  ...identity,
  UserPoolId: given.UserPoolId,
  // 0 means the default too.
  RefreshTokenValidity: given.RefreshTokenValidity || refreshValidityDefaultDays,
  AccessTokenValidity: given.AccessTokenValidity,
  IdTokenValidity: given.IdTokenValidity,
  TokenValidityUnits: given.RefreshTokenValidity
    ? (given.TokenValidityUnits ?? {})
    : { ...given.TokenValidityUnits, RefreshToken: 'days' },
  ReadAttributes: given.ReadAttributes,
  WriteAttributes: given.WriteAttributes,
  ExplicitAuthFlows: given.ExplicitAuthFlows,
  SupportedIdentityProviders: given.SupportedIdentityProviders,
  CallbackURLs: given.CallbackURLs,
  LogoutURLs: given.LogoutURLs,
  DefaultRedirectURI: given.DefaultRedirectURI,
  AllowedOAuthFlows: given.AllowedOAuthFlows,
  AllowedOAuthScopes: given.AllowedOAuthScopes,
  AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
  PreventUserExistenceErrors: given.PreventUserExistenceErrors ?? 'LEGACY',
  EnableTokenRevocation: given.EnableTokenRevocation ?? true,
  EnablePropagateAdditionalUserContextData: given.EnablePropagateAdditionalUserContextData ?? false,
  AuthSessionValidity: given.AuthSessionValidity ?? challengeSessionDefaultMinutes,
  RefreshTokenRotation: given.RefreshTokenRotation,
})

/** A client as DescribeUserPoolClient shows it. */
export function shownClient({ createdMs, modifiedMs, ...client }: Client) {
  return {
    ...client,
    LastModifiedDate: modifiedMs / 1000,
    CreationDate: createdMs / 1000,
  }
}
