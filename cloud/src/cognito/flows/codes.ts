import { timingSafeEqual } from 'node:crypto'
import type { AwsError } from '../../kernel/index.ts'
import type { Writer } from '../../storage/index.ts'
import type { CognitoContext } from '../context.ts'
import { codeMismatch, expiredCode, limitExceeded, userNotFound } from '../errors.ts'
import { codeAttemptsMax, codesSentPerHourMax, hourMs } from '../limits.ts'
import { markOf, putMark } from '../pools/marks.ts'
import type { Pool } from '../pools/pool.ts'
import type { PendingCode, User } from '../pools/user.ts'
import { replaceUser, userByName } from '../pools/user-store.ts'

/** What a code proves: a sign-up, a forgotten password, or the address of an attribute. */
export type CodePurpose = 'signup' | 'reset' | 'email' | 'phone_number'

const codeDigits = 6

/** Six random digits. */
export const randomCode = (ctx: CognitoContext): string =>
  String(ctx.environment.ids.bytes(6).readUIntBE(0, 6) % 10 ** codeDigits).padStart(codeDigits, '0')

export const codeMac = (ctx: CognitoContext, owner: string, code: string): string =>
  ctx.sealer.mac('code', `${owner}\0${code}`).toString('base64')

export function equalMacs(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'base64'), Buffer.from(b, 'base64')]
  return left.length === right.length && timingSafeEqual(left, right)
}

const ownerOf = (user: User, purpose: CodePurpose): string => `${user.sub}/${purpose}`

/** The user's codes with a new one for a purpose; the one before is void. */
export function withCode(
  ctx: CognitoContext,
  user: User,
  purpose: CodePurpose,
  code: string,
  sent: { readonly destination: string; readonly validMs: number },
): User['codes'] {
  const pending: PendingCode = {
    mac: codeMac(ctx, ownerOf(user, purpose), code),
    untilMs: ctx.environment.clock.now() + sent.validMs,
    failures: 0,
    destination: sent.destination,
  }
  return { ...user.codes, [purpose]: pending }
}

const withoutCode = (user: User, purpose: CodePurpose): User['codes'] =>
  Object.fromEntries(Object.entries(user.codes).filter(([name]) => name !== purpose))

/** A code that someone gives: whose it should be, and for what. */
export type GivenCode = {
  readonly pool: Pool
  readonly username: string
  readonly purpose: CodePurpose
  readonly code: string
}

/**
 * Checks a code and, when it is right, applies `change` in the same transaction: a code works once.
 *
 * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException after too many wrong ones
 */
export async function redeemCode(
  ctx: CognitoContext,
  given: GivenCode,
  change: (user: User, pending: PendingCode) => Partial<User>,
  options: { readonly forceAlias?: boolean } = {},
): Promise<User> {
  const nowMs = ctx.environment.clock.now()
  return orThrow(
    await ctx.store.write((writer) => {
      const found = checkCode(ctx, writer, given, nowMs)
      if (found instanceof Error) return found
      const { user, pending } = found
      const spent = { ...user, codes: withoutCode(user, given.purpose) }
      const after = { ...spent, ...change(spent, pending), modifiedMs: nowMs }
      replaceUser(writer, given.pool, user, after, options)
      return after
    }),
  )
}

/** Refuses a wrong code, and leaves a right one to be redeemed. @throws as {@link redeemCode} */
export async function requireCode(ctx: CognitoContext, given: GivenCode): Promise<void> {
  const nowMs = ctx.environment.clock.now()
  orThrow(await ctx.store.write((writer) => checkCode(ctx, writer, given, nowMs)))
}

function orThrow<T>(outcome: T | AwsError): T {
  if (outcome instanceof Error) throw outcome
  return outcome
}

/** The user and the code if it is right; a wrong one is counted, which an error thrown in here would undo. */
function checkCode(
  ctx: CognitoContext,
  writer: Writer,
  { pool, username, purpose, code }: GivenCode,
  nowMs: number,
): { readonly user: User; readonly pending: PendingCode } | AwsError {
  const user = userByName(writer, pool, username)
  if (user === undefined) return userNotFound()
  const pending = user.codes[purpose]
  if (pending === undefined || pending.untilMs <= nowMs) return expiredCode()
  if (pending.failures >= codeAttemptsMax) return limitExceeded()
  if (equalMacs(pending.mac, codeMac(ctx, ownerOf(user, purpose), code))) return { user, pending }
  const failed = { ...pending, failures: pending.failures + 1 }
  replaceUser(writer, pool, user, { ...user, codes: { ...user.codes, [purpose]: failed } })
  return codeMismatch()
}

/** Counts a message to a user. @throws LimitExceededException */
export const countSending = (ctx: CognitoContext, pool: Pool, user: User): Promise<void> =>
  countSendingTo(ctx, `${pool.id}/${user.sub}`)

/**
 * Counts a message; too many to one owner in an hour are refused.
 *
 * @throws LimitExceededException
 */
export async function countSendingTo(ctx: CognitoContext, owner: string): Promise<void> {
  const nowMs = ctx.environment.clock.now()
  await ctx.store.write((writer) => {
    const before = markOf(writer, 'sent', owner, nowMs) as Sent | undefined // written here only
    if ((before?.count ?? 0) >= codesSentPerHourMax) throw limitExceeded()
    const untilMs = before?.untilMs ?? nowMs + hourMs
    putMark(writer, 'sent', owner, { untilMs, value: { count: (before?.count ?? 0) + 1, untilMs } })
  })
}

type Sent = { readonly count: number; readonly untilMs: number }
