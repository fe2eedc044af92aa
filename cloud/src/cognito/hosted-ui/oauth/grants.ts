import { createHash } from 'node:crypto'
import { notAuthorized } from '../../errors.ts'
import { makeTokens } from '../../flows/complete.ts'
import { refresh } from '../../flows/refresh.ts'
import type { Attempt } from '../../flows/attempt.ts'
import type { Client } from '../../pools/pool.ts'
import { scopeExists } from '../../pools/resource-servers.ts'
import { userBySub } from '../../pools/user-store.ts'
import { isRevoked } from '../../tokens/access-token.ts'
import { apiScope, type OAuthTokens } from '../../tokens/claims.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import { signJwt } from '../../tokens/jwt.ts'
import { openRefreshToken } from '../../tokens/refresh-token.ts'
import { validityMs } from '../../tokens/validity.ts'
import type { PageCall } from '../page-call.ts'
import { redeem, verifies, type Grant } from './authorization-code.ts'
import { OAuthError } from './oauth-error.ts'

/** What the token endpoint answers with. */
export type TokenAnswer = {
  readonly id_token?: string
  readonly access_token: string
  readonly refresh_token?: string
  readonly expires_in: number
  readonly token_type: 'Bearer'
}

/** A code for tokens: the same client, callback and PKCE verifier as when it was asked for. */
export async function codeGrant(call: PageCall, client: Client): Promise<TokenAnswer> {
  const { ctx, pool, form } = call
  requireFlow(client, 'code')
  const code = required(call, 'code')
  const redirectUri = required(call, 'redirect_uri')
  const grant = await redeem(ctx, { poolId: pool.id, clientId: client.ClientId }, code)
  if (grant === undefined) throw new OAuthError('invalid_grant')
  const verifier = form.get('code_verifier') || undefined
  if (grant.redirectUri !== redirectUri || !verifies(grant.codeChallenge, verifier)) {
    throw new OAuthError('invalid_grant')
  }
  return tokenAnswer(await tokensFor(call, client, grant, 'new'), grant.scope)
}

/** Tokens of a grant, for a user who still may sign in. @throws AwsError */
export async function tokensFor(
  { ctx, pool }: Pick<PageCall, 'ctx' | 'pool'>,
  client: Client,
  grant: Grant,
  refreshToken: 'none' | 'new',
): Promise<IssuedTokens> {
  const user = userBySub(ctx.store.reader, pool, grant.sub)
  const nowMs = ctx.environment.clock.now()
  if (user?.enabled !== true) throw notAuthorized('User is disabled.')
  if (isRevoked(ctx.store.reader, pool, user, grant.signIn.originJti, nowMs)) {
    throw notAuthorized('The user has signed out.')
  }
  const attempt: Attempt = { pool, client, admin: false, clientMetadata: {} }
  return makeTokens(ctx, attempt, user, 'TokenGeneration_HostedAuth', {
    signIn: grant.signIn,
    scope: grant.scope,
    refresh: refreshToken,
    oauth: { ...oauthTokens, ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }) },
  })
}

/** What sets the tokens of the authorization server apart from those of the API. */
const oauthTokens: OAuthTokens = {
  version: 2,
  // OpenID Connect Core, 3.1.3.6: the left half of the access token's hash.
  atHash: (accessToken) =>
    createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
}

/** New tokens for a refresh token, whatever sign-in it came of. */
export async function refreshGrant(call: PageCall, client: Client): Promise<TokenAnswer> {
  const attempt: Attempt = { pool: call.pool, client, admin: false, clientMetadata: {} }
  const token = required(call, 'refresh_token')
  const tokens = await refresh(call.ctx, attempt, token, oauthTokens)
  const scope = openRefreshToken(call.ctx.sealer, token)?.scope ?? ''
  // A sign-in by the API has an id token always.
  return tokenAnswer(tokens, scope === apiScope ? `openid ${scope}` : scope)
}

/** The id token goes to who asked for `openid`. */
export function tokenAnswer(tokens: IssuedTokens, scope: string): TokenAnswer {
  return {
    ...(scope.split(' ').includes('openid') ? { id_token: tokens.IdToken } : {}),
    access_token: tokens.AccessToken,
    ...(tokens.RefreshToken === undefined ? {} : { refresh_token: tokens.RefreshToken }),
    expires_in: tokens.ExpiresIn,
    token_type: 'Bearer',
  }
}

/**
 * An access token for a machine ("Scopes, M2M, and APIs"): `sub` is the client, scopes are custom ones; those
 * that the client may not use are left out, as on AWS.
 */
export async function clientCredentialsGrant(call: PageCall, client: Client): Promise<TokenAnswer> {
  const { ctx, pool, form } = call
  requireFlow(client, 'client_credentials')
  if (client.ClientSecret === undefined) throw new OAuthError('unauthorized_client')
  const allowed = (client.AllowedOAuthScopes ?? []).filter(
    (each) => each.includes('/') && scopeExists(ctx.store.reader, pool.id, each),
  )
  const named = (form.get('scope') ?? '').split(' ').filter((each) => each !== '')
  const scopes = named.length === 0 ? allowed : allowed.filter((each) => named.includes(each))
  if (scopes.length === 0) throw new OAuthError('invalid_scope')
  const nowSeconds = Math.floor(ctx.environment.clock.now() / 1000)
  const expiresIn = Math.floor(validityMs(client).access / 1000)
  const keys = await ctx.keyRing.keysOf(pool.id)
  const access_token = await signJwt(keys.access, {
    sub: client.ClientId,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: nowSeconds,
    iss: ctx.issuers.of(pool.id),
    exp: nowSeconds + expiresIn,
    iat: nowSeconds,
    version: 2,
    jti: ctx.environment.ids.uuid(),
    client_id: client.ClientId,
  })
  return { access_token, expires_in: expiresIn, token_type: 'Bearer' }
}

function requireFlow(client: Client, flow: 'code' | 'client_credentials'): void {
  const allowed = (client.AllowedOAuthFlows ?? []).includes(flow)
  if (!client.AllowedOAuthFlowsUserPoolClient || !allowed) {
    throw new OAuthError('unauthorized_client')
  }
}

function required({ form }: PageCall, name: string): string {
  const value = form.get(name)
  if (!value) throw new OAuthError('invalid_request', `${name} is missing`)
  return value
}
