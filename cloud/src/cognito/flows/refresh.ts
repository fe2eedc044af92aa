import { AwsError } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import { notAuthorized } from '../errors.ts'
import { markOf, putMark } from '../pools/marks.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import { isRevoked } from '../tokens/access-token.ts'
import type { OAuthTokens } from '../tokens/claims.ts'
import type { IssuedTokens } from '../tokens/issue.ts'
import { openRefreshToken, type RefreshToken } from '../tokens/refresh-token.ts'
import type { Attempt } from './attempt.ts'
import { makeTokens } from './complete.ts'

/**
 * New tokens for a refresh token; `origin_jti` and the time of signing in stay. With rotation the answer holds
 * a new refresh token, which ends when the first one would have, and the old one is good for a grace period.
 *
 * @throws NotAuthorizedException for a token that is not the client's, expired or revoked;
 *   RefreshTokenReuseException for one that was rotated out
 */
export async function refresh(
  ctx: CognitoContext,
  attempt: Attempt,
  text: string,
  oauth?: OAuthTokens,
): Promise<IssuedTokens> {
  const { pool, client } = attempt
  const token = openRefreshToken(ctx.sealer, text)
  if (token === undefined || token.clientId !== client.ClientId) {
    throw notAuthorized('Invalid Refresh Token')
  }
  const user = requireLiving(ctx, attempt, token)
  const rotates = client.RefreshTokenRotation?.Feature === 'ENABLED'
  await useOnce(ctx, attempt, token)
  return makeTokens(ctx, { ...attempt, pool }, user, 'TokenGeneration_RefreshTokens', {
    signIn: {
      originJti: token.originJti,
      eventId: token.eventId,
      authTimeMs: token.authTimeMs,
    },
    scope: token.scope,
    ...(oauth === undefined ? {} : { oauth }),
    refresh: rotates ? { untilMs: token.untilMs } : 'none',
  })
}

function requireLiving(ctx: CognitoContext, { pool }: Attempt, token: RefreshToken): User {
  const nowMs = ctx.environment.clock.now()
  if (token.untilMs <= nowMs) throw notAuthorized('Refresh Token has expired')
  const user = userBySub(ctx.store.reader, pool, token.sub)
  if (user === undefined) throw notAuthorized('Invalid Refresh Token')
  if (isRevoked(ctx.store.reader, pool, user, token.originJti, nowMs)) {
    throw notAuthorized('Refresh Token has been revoked')
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  return user
}

/** Where tokens rotate, a token may be used again only within the grace period after its first use. */
async function useOnce(
  ctx: CognitoContext,
  { pool, client }: Attempt,
  token: RefreshToken,
): Promise<void> {
  const rotation = client.RefreshTokenRotation
  if (rotation?.Feature !== 'ENABLED') return
  const nowMs = ctx.environment.clock.now()
  const graceMs = (rotation.RetryGracePeriodSeconds ?? 0) * 1000
  const id = `${pool.id}/${token.jti}`
  await ctx.store.write((writer) => {
    const usedMs = markOf(writer, 'rotated', id, nowMs)
    if (typeof usedMs === 'number') {
      if (nowMs >= usedMs + graceMs) throw usedBefore()
      return
    }
    putMark(writer, 'rotated', id, { untilMs: token.untilMs, value: nowMs })
  })
}

const usedBefore = () =>
  new AwsError('RefreshTokenReuseException', 'Refresh Token has been rotated and cannot be reused.')
