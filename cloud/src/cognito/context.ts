import type { Environment } from '../kernel/index.ts'
import type { Store } from '../storage/index.ts'
import { notAuthorized, notFound } from './errors.ts'
import type { Outbox } from './messages/outbox.ts'
import type { Passwords } from './passwords/stored-password.ts'
import type { Client, Pool } from './pools/pool.ts'
import type { PoolStore } from './pools/pool-store.ts'
import type { InvokeFunction } from './ports.ts'
import type { Sealer } from './sealing.ts'
import { verifyAccessToken, type Caller } from './tokens/access-token.ts'
import { apiScope } from './tokens/claims.ts'
import type { Issuers } from './tokens/issuer.ts'
import type { KeyRing } from './tokens/keys.ts'

/** What every operation and flow of this part works with. */
export type CognitoContext = {
  readonly environment: Environment
  readonly store: Store
  readonly sealer: Sealer
  readonly pools: PoolStore
  readonly passwords: Passwords
  readonly keyRing: KeyRing
  readonly issuers: Issuers
  readonly outbox: Outbox
  readonly invoke: InvokeFunction
  /** Begins to make a pool's signing keys; whoever needs them waits for them. */
  readonly makeKeys: (poolId: string) => void
}

/** @throws ResourceNotFoundException */
export function requirePool(ctx: CognitoContext, poolId: string): Pool {
  const pool = ctx.pools.pool(ctx.store.reader, poolId)
  if (pool === undefined) throw notFound(`User pool ${poolId} does not exist.`)
  return pool
}

/** An app client and its pool, by the client's id alone or within a pool that the caller names. */
export function requireClient(
  ctx: CognitoContext,
  clientId: string,
  poolId?: string,
): { readonly pool: Pool; readonly client: Client } {
  const pool = poolId === undefined ? undefined : requirePool(ctx, poolId)
  const client = ctx.pools.client(ctx.store.reader, clientId)
  if (client === undefined || (pool !== undefined && client.UserPoolId !== pool.id)) {
    throw notFound(`User pool client ${clientId} does not exist.`)
  }
  return { client, pool: pool ?? requirePool(ctx, client.UserPoolId) }
}

/**
 * Who calls with this access token, for the operations that users call for themselves: tokens of OAuth sign-ins
 * that did not ask for this scope cannot.
 *
 * @throws NotAuthorizedException
 */
export function callerOf(ctx: CognitoContext, accessToken: string): Caller {
  const caller = bearerOf(ctx, accessToken)
  if (!caller.scopes.includes(apiScope)) {
    throw notAuthorized('Access Token does not have required scopes')
  }
  return caller
}

/** Who bears this access token, whatever its scopes. @throws NotAuthorizedException */
export const bearerOf = (ctx: CognitoContext, accessToken: string): Caller =>
  verifyAccessToken(
    {
      reader: ctx.store.reader,
      issuers: ctx.issuers,
      keyRing: ctx.keyRing,
      pool: (poolId) => ctx.pools.pool(ctx.store.reader, poolId),
      nowMs: ctx.environment.clock.now(),
    },
    accessToken,
  )
