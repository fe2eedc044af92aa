import type { Reader } from '../../storage/index.ts'
import type { Pool } from './pool.ts'
import { searchedValue, type User } from './user.ts'
import type { UserFilter } from './user-filter.ts'
import { userKey, usersByAttribute, usersBySub } from './user-index.ts'
import { listUsers, userAt } from './user-store.ts'

export type UserSearch = {
  readonly filter: UserFilter | undefined
  readonly limit: number
  /** A position that an earlier page ended with. */
  readonly after?: string
}
export type UserPage = { readonly users: readonly User[]; readonly next: string | undefined }

type Found = { readonly position: string; readonly user: User | undefined }

/** One page of users. With a filter only those that may match are read: every attribute that it can name is indexed. */
export function searchUsers(reader: Reader, pool: Pool, search: UserSearch): UserPage {
  const users: User[] = []
  let last: string | undefined
  for (const { position, user } of candidates(reader, pool, search)) {
    if (user === undefined || !matches(user, search.filter)) continue
    if (users.length >= search.limit) return { users, next: last }
    users.push(user)
    last = position
  }
  return { users, next: undefined }
}

function* candidates(
  reader: Reader,
  pool: Pool,
  { filter, after }: UserSearch,
): Generator<Found, void, undefined> {
  const from = after === undefined ? {} : { after }
  if (filter === undefined) {
    yield* listed(reader, pool, from)
    return
  }
  const { name, value, operator } = filter
  if (name === 'sub') {
    for (const { id, key } of usersBySub(reader, pool.id, value, after)) {
      yield { position: id, user: userAt(reader, pool, key) }
    }
    return
  }
  if (name === 'username') {
    yield* listed(reader, pool, { ...from, prefix: userKey(pool, value) })
    return
  }
  const found = usersByAttribute(reader, pool.id, name, value, {
    whole: operator === '=',
    ...from,
  })
  for (const { id, key } of found) yield { position: id, user: userAt(reader, pool, key) }
}

function* listed(
  reader: Reader,
  pool: Pool,
  options: { prefix?: string; after?: string },
): Generator<Found, void, undefined> {
  for (const { key, user } of listUsers(reader, pool, options)) yield { position: key, user }
}

/** "ListUsers", Filter: only the user name is case sensitive. */
function matches(user: User, filter: UserFilter | undefined): boolean {
  if (filter === undefined) return true
  const held = searchedValue(user, filter.name)
  if (held === undefined) return false
  const [value, wanted] =
    filter.name === 'username'
      ? [held, filter.value]
      : [held.toLowerCase(), filter.value.toLowerCase()]
  return filter.operator === '=' ? value === wanted : value.startsWith(wanted)
}
