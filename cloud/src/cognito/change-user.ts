import type { Reader } from '../storage/index.ts'
import type { CognitoContext } from './context.ts'
import { userNotFound } from './errors.ts'
import type { Client, Pool } from './pools/pool.ts'
import type { User } from './pools/user.ts'
import { findUser, replaceUser, userByName, type PutOptions } from './pools/user-store.ts'

/** A user by any name that it has. @throws UserNotFoundException */
export function requireUser(ctx: CognitoContext, pool: Pool, name: string): User {
  const user = findUser(ctx.store.reader, pool, name)
  if (user === undefined) throw userNotFound()
  return user
}

/** A user by any name; undefined where there is none and the client hides that. @throws UserNotFoundException */
export function findOrHide(
  ctx: CognitoContext,
  { pool, client }: { readonly pool: Pool; readonly client: Client },
  name: string,
): User | undefined {
  const user = findUser(ctx.store.reader, pool, name)
  if (user === undefined && client.PreventUserExistenceErrors !== 'ENABLED') throw userNotFound()
  return user
}

/**
 * Changes a user in one transaction, starting from what is stored at that moment.
 *
 * @param change pure, may read what is stored at that moment; what it throws undoes everything
 * @throws UserNotFoundException when the user is gone
 */
export function changeUser(
  ctx: CognitoContext,
  pool: Pool,
  username: string,
  change: (before: User, reader: Reader) => Partial<User>,
  options: PutOptions = {},
): Promise<User> {
  return ctx.store.write((writer) => {
    const before = userByName(writer, pool, username)
    if (before === undefined) throw userNotFound()
    const after = { ...before, ...change(before, writer), modifiedMs: ctx.environment.clock.now() }
    replaceUser(writer, pool, before, after, options)
    return after
  })
}
