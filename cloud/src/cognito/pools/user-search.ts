import type { Reader } from '../../storage/index.ts'
import type { Pool } from './pool.ts'
import { attributeOf, type User } from './user.ts'
import type { UserFilter } from './user-filter.ts'
import { indexedAttributes, userKey, usersByAttribute } from './user-index.ts'
import { listUsers, userAt, userBySub } from './user-store.ts'

export type UserSearch = {
  readonly filter: UserFilter | undefined
  readonly limit: number
  /** A position that an earlier page ended with. */
  readonly after?: string
}
export type UserPage = { readonly users: readonly User[]; readonly next: string | undefined }

type Found = { readonly position: string; readonly user: User | undefined }

/** One page of users. By name, sub or an indexed attribute only those that match are read. */
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
  if (name === 'sub' && operator === '=') {
    const user = userBySub(reader, pool, value)
    if (user !== undefined && after === undefined) yield { position: user.username, user }
    return
  }
  if (name === 'username') {
    yield* listed(reader, pool, { ...from, prefix: userKey(pool, value) })
    return
  }
  if (indexedAttributes.some((each) => each === name)) {
    const found = usersByAttribute(reader, pool.id, name, value, {
      whole: operator === '=',
      ...from,
    })
    for (const { id, key } of found) yield { position: id, user: userAt(reader, pool, key) }
    return
  }
  yield* listed(reader, pool, from)
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
  const held = heldValue(user, filter.name)
  if (held === undefined) return false
  const [value, wanted] =
    filter.name === 'username'
      ? [held, filter.value]
      : [held.toLowerCase(), filter.value.toLowerCase()]
  return filter.operator === '=' ? value === wanted : value.startsWith(wanted)
}

function heldValue(user: User, name: string): string | undefined {
  if (name === 'username') return user.username
  if (name === 'cognito:user_status') return user.status
  if (name === 'status') return user.enabled ? 'Enabled' : 'Disabled'
  return attributeOf(user, name)
}
