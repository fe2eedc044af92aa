import type { CognitoContext } from '../context.ts'
import { notAuthorized, userNotFound } from '../errors.ts'
import type { User } from '../pools/user.ts'
import { findUser, replaceUser, userByName } from '../pools/user-store.ts'
import type { Attempt } from './attempt.ts'
import { clearFailures, recordFailure, requireUnlocked } from './lockout.ts'
import { makePassword, passwordKind, srpIdentity } from './set-password.ts'

/**
 * Checks a name and a password. Takes the same time whether the name, the password or neither is right.
 *
 * @throws NotAuthorizedException, and UserNotFoundException where the client does not hide who exists
 */
export async function checkPassword(
  ctx: CognitoContext,
  attempt: Attempt,
  name: string,
  password: string,
): Promise<User> {
  const { pool, client } = attempt
  requireUnlocked(ctx, pool, name)
  const user = findUser(ctx.store.reader, pool, name)
  const identity = srpIdentity(pool, user?.username ?? name)
  const right =
    user?.password === undefined
      ? await ctx.passwords.pretend(identity, password, passwordKind(ctx, pool))
      : await ctx.passwords.matches(identity, password, user.password)
  if (!right || user === undefined) {
    await recordFailure(ctx, pool, name)
    if (user === undefined && client.PreventUserExistenceErrors !== 'ENABLED') throw userNotFound()
    throw notAuthorized()
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  await clearFailures(ctx, pool, name)
  return renewed(ctx, attempt, user, password)
}

/** A client that uses SRP was added since this password was stored: from now on it serves SRP too. */
async function renewed(
  ctx: CognitoContext,
  { pool }: Attempt,
  user: User,
  password: string,
): Promise<User> {
  if (user.password?.kind !== 'argon2' || passwordKind(ctx, pool) === 'argon2') return user
  const stored = await makePassword(ctx, pool, user.username, password)
  return ctx.store.write((writer) => {
    const before = userByName(writer, pool, user.username)
    if (before === undefined || before.password?.sealed !== user.password?.sealed) return user
    const after = { ...before, password: stored }
    replaceUser(writer, pool, before, after)
    return after
  })
}
