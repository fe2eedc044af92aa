import type { Reader } from '../../storage/index.ts'
import { clockSkewMsMax } from '../limits.ts'
import { invalidAccessToken, notAuthorized } from '../errors.ts'
import { markOf } from '../pools/marks.ts'
import type { Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import type { Issuers } from './issuer.ts'
import { unverifiedClaims, verifiedClaims, type Claims } from './jwt.ts'
import type { KeyRing } from './keys.ts'
import { beganMs } from './sign-in.ts'

export type Caller = {
  readonly pool: Pool
  readonly user: User
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly claims: Claims
}

/** What checking an access token needs to know. */
export type AccessTokenContext = {
  readonly reader: Reader
  readonly issuers: Issuers
  readonly keyRing: KeyRing
  readonly pool: (poolId: string) => Pool | undefined
  readonly nowMs: number
}

/**
 * Who an access token speaks for: signature, issuer, use, expiry and revocation are checked.
 *
 * @throws NotAuthorizedException in one of Cognito's sentences
 */
export function verifyAccessToken(context: AccessTokenContext, token: string): Caller {
  const told = unverifiedClaims(token)?.['iss']
  const poolId = typeof told === 'string' ? context.issuers.poolIdIn(told) : undefined
  const pool = poolId === undefined ? undefined : context.pool(poolId)
  const keys = pool === undefined ? undefined : context.keyRing.ready(pool.id)
  if (pool === undefined || keys === undefined) throw invalidAccessToken()
  const claims = verifiedClaims(token, [keys.access])
  if (claims?.['token_use'] !== 'access') throw invalidAccessToken()
  const { sub, exp, client_id: clientId, origin_jti: originJti, scope } = claims
  if (typeof exp !== 'number' || exp * 1000 <= context.nowMs) {
    throw notAuthorized('Access Token has expired')
  }
  if (isBefore(claims, context.nowMs)) throw notAuthorized('Access Token is not yet valid')
  if (typeof sub !== 'string' || typeof originJti !== 'string' || typeof clientId !== 'string') {
    throw invalidAccessToken()
  }
  const user = userBySub(context.reader, pool, sub)
  if (user === undefined) throw invalidAccessToken()
  if (isRevoked(context.reader, pool, user, originJti, context.nowMs)) {
    throw notAuthorized('Access Token has been revoked')
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  return {
    pool,
    user,
    clientId,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    claims,
  }
}

/** Whether a token begins later than now: beyond what clocks may differ, which is all that a restart may bring. */
const isBefore = ({ iat, nbf }: Claims, nowMs: number): boolean =>
  [iat, nbf].some((each) => typeof each === 'number' && each * 1000 > nowMs + clockSkewMsMax)

/** Whether a sign-in was ended by RevokeToken, or by a global sign-out after it began. */
export function isRevoked(
  reader: Reader,
  pool: Pool,
  user: User,
  originJti: string,
  nowMs: number,
): boolean {
  if (user.signedOutMs !== undefined && beganMs(originJti) <= user.signedOutMs) return true
  return markOf(reader, 'revoked', `${pool.id}/${originJti}`, nowMs) !== undefined
}
