import type { CognitoContext } from '../context.ts'
import { codeMismatch, limitExceeded } from '../errors.ts'
import { codeAttemptsMax, resetCodeMs } from '../limits.ts'
import { markOf, putMark, removeMark } from '../pools/marks.ts'
import type { Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { userKey } from '../pools/user-index.ts'
import { countSending, countSendingTo } from './codes.ts'

/**
 * Codes for names that nobody has, where a client hides who exists: messages are counted and wrong codes run out
 * as they do for a user, or the difference would tell. Each step commits as many transactions as the real one, for
 * they are most of its time; only a pool's own sender or message function is called for users alone, as on AWS.
 */
const ownerOf = (pool: Pool, name: string): string => `${pool.id}/unknown ${userKey(pool, name)}`

/** Sends nothing; too many in an hour are refused. @throws LimitExceededException */
export async function pretendMessage(
  ctx: CognitoContext,
  pool: Pool,
  name: string,
  user?: User,
): Promise<void> {
  if (user === undefined) await countSendingTo(ctx, ownerOf(pool, name))
  else await countSending(ctx, pool, user)
  await ctx.store.write(() => undefined) // the message's place in the outbox
}

/**
 * A message with a new code, which is not sent: wrong ones may be tried again.
 *
 * @param user who gets none now; counted with those that the user did get
 * @throws LimitExceededException
 */
export async function pretendSending(
  ctx: CognitoContext,
  pool: Pool,
  name: string,
  user: User | undefined,
): Promise<void> {
  await pretendMessage(ctx, pool, name, user)
  await ctx.store.write((writer) => removeMark(writer, 'tries', ownerOf(pool, name)))
}

/** Refuses any code. @throws CodeMismatchException, LimitExceededException after too many */
export async function pretendRedeeming(
  ctx: CognitoContext,
  pool: Pool,
  name: string,
): Promise<never> {
  const owner = ownerOf(pool, name)
  const nowMs = ctx.environment.clock.now()
  throw await ctx.store.write((writer) => {
    const before = markOf(writer, 'tries', owner, nowMs)
    const count = typeof before === 'number' ? before : 0
    if (count >= codeAttemptsMax) return limitExceeded()
    putMark(writer, 'tries', owner, { untilMs: nowMs + resetCodeMs, value: count + 1 })
    return codeMismatch()
  })
}
