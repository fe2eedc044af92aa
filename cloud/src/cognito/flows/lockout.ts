import type { CognitoContext } from '../context.ts'
import { tooManyFailures } from '../errors.ts'
import { lockoutFailuresFree, lockoutMsMax, lockoutQuietMs } from '../limits.ts'
import { markOf, putMark, removeMark } from '../pools/marks.ts'
import type { Pool } from '../pools/pool.ts'
import { findUser } from '../pools/user-store.ts'
import { userKey } from '../pools/user-index.ts'

/**
 * "Lockout behavior for failed sign-in attempts": from the fifth failure on, a lock of 2^(n − 5) seconds, up to
 * 15 minutes. Attempts during a lock do not count; a success or 15 quiet minutes reset. Names that no user has
 * are locked too, or the lock would tell who exists.
 */
type Failures = { readonly count: number; readonly lockedUntilMs: number }

const idOf = (ctx: CognitoContext, pool: Pool, name: string): string => {
  const user = findUser(ctx.store.reader, pool, name)
  return `${pool.id}/${userKey(pool, user?.username ?? name)}`
}

/** @throws NotAuthorizedException "Password attempts exceeded" */
export function requireUnlocked(ctx: CognitoContext, pool: Pool, name: string): void {
  const nowMs = ctx.environment.clock.now()
  const failures = failuresOf(ctx, idOf(ctx, pool, name), nowMs)
  if (failures !== undefined && failures.lockedUntilMs > nowMs) throw tooManyFailures()
}

export async function recordFailure(ctx: CognitoContext, pool: Pool, name: string): Promise<void> {
  const nowMs = ctx.environment.clock.now()
  const id = idOf(ctx, pool, name)
  await ctx.store.write((writer) => {
    const before = markOf(writer, 'failures', id, nowMs) as Failures | undefined
    const count = (before?.count ?? 0) + 1
    const over = count - lockoutFailuresFree - 1
    const lockMs = over < 0 ? 0 : Math.min(lockoutMsMax, 1000 * 2 ** over)
    const lockedUntilMs = nowMs + lockMs
    putMark(writer, 'failures', id, {
      untilMs: lockedUntilMs + lockoutQuietMs,
      value: { count, lockedUntilMs },
    })
  })
}

/** Forgets the failures after a success; writes only when there were any. */
export async function clearFailures(ctx: CognitoContext, pool: Pool, name: string): Promise<void> {
  const id = idOf(ctx, pool, name)
  if (failuresOf(ctx, id, ctx.environment.clock.now()) === undefined) return
  await ctx.store.write((writer) => removeMark(writer, 'failures', id))
}

// Written by recordFailure only.
const failuresOf = (ctx: CognitoContext, id: string, nowMs: number): Failures | undefined =>
  markOf(ctx.store.reader, 'failures', id, nowMs) as Failures | undefined
