import { documents, type Reader, type Writer } from '../../storage/index.ts'
import { indexedValueLengthMax } from '../limits.ts'
import type { Pool } from './pool.ts'
import { attributeOf, isVerified, searchedValue, type User } from './user.ts'

/**
 * How users are found by something else than their name:
 *
 *     cognito/aliases     poolId/kind ␁ value             → user key   at most one user each: sub, sign-in aliases
 *     cognito/attributes  poolId/name ␁ value ␁ user key  → user key   any number of users: what ListUsers filters by
 *
 * Values are in lower case (aliases only where the pool ignores case) and cut to
 * {@link indexedValueLengthMax} characters: a reader compares the user's own value again.
 */
const aliases = documents<string>('cognito/aliases')
const attributes = documents<string>('cognito/attributes')

/** What ListUsers can filter by, besides the name and sub ("ListUsers", Filter). */
const indexedAttributes = [
  'email',
  'phone_number',
  'preferred_username',
  'name',
  'given_name',
  'family_name',
  'cognito:user_status',
  'status',
] as const

const aliasKinds = ['email', 'phone_number', 'preferred_username'] as const
const cut = (value: string): string =>
  value.slice(0, indexedValueLengthMax).replaceAll('\u0001', ' ').replaceAll('\0', ' ')
const folded = (pool: Pool, value: string): string =>
  pool.settings.UsernameConfiguration.CaseSensitive ? value : value.toLowerCase()

const aliasId = (pool: Pool, kind: string, value: string): string =>
  `${pool.id}/${kind}\u0001${cut(folded(pool, value))}`
const attributePrefix = (poolId: string, name: string, value: string): string =>
  `${poolId}/${name}\u0001${cut(value).toLowerCase()}`

/** The key under which a user is stored: the name, in lower case where the pool ignores case. */
export const userKey = (pool: Pool, username: string): string =>
  folded(pool, username).replaceAll('\0', ' ')

/** The names by which this user can sign in besides the user name. */
export function aliasesOf(pool: Pool, user: User): { kind: string; value: string }[] {
  const found = [{ kind: 'sub', value: user.sub }]
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings
  for (const kind of aliasKinds) {
    const value = attributeOf(user, kind)
    if (value === undefined) continue
    const asUsername = kind !== 'preferred_username' && UsernameAttributes.includes(kind)
    // "Customizing sign-in attributes": an email or phone alias counts once it is verified.
    const asAlias =
      AliasAttributes.includes(kind) &&
      (kind === 'preferred_username' || (isVerified(user, kind) && user.status !== 'UNCONFIRMED'))
    if (asUsername || asAlias) found.push({ kind, value })
  }
  return found
}

/** The key of the user that owns an alias, or undefined. */
export const ownerOfAlias = (
  reader: Reader,
  pool: Pool,
  kind: string,
  value: string,
): string | undefined => aliases.get(reader, aliasId(pool, kind, value))

/** Keys of users whose sub begins with `prefix`, in order; `after` is an id yielded before. */
export function* usersBySub(
  reader: Reader,
  poolId: string,
  prefix: string,
  after?: string,
): Generator<{ id: string; key: string }, void, undefined> {
  const found = aliases.list(reader, {
    prefix: `${poolId}/sub\u0001${cut(prefix).toLowerCase()}`,
    ...(after === undefined ? {} : { after }),
  })
  for (const [id, key] of found) yield { id, key }
}

/** Keys of users whose attribute may begin with `prefix`, in order of the value; `after` is an id yielded before. */
export function* usersByAttribute(
  reader: Reader,
  poolId: string,
  name: string,
  prefix: string,
  options: { whole: boolean; after?: string },
): Generator<{ id: string; key: string }, void, undefined> {
  const start = attributePrefix(poolId, name, prefix)
  const ends = options.whole && prefix.length <= indexedValueLengthMax ? '\u0001' : ''
  const found = attributes.list(reader, {
    prefix: `${start}${ends}`,
    ...(options.after === undefined ? {} : { after: options.after }),
  })
  for (const [id, key] of found) yield { id, key }
}

/** Brings both indexes from one state of a user to the next (undefined: absent). */
export function indexUser(
  writer: Writer,
  pool: Pool,
  before: User | undefined,
  after: User | undefined,
): void {
  const key = userKey(pool, (after ?? before)?.username ?? '')
  const oldAliases = before === undefined ? [] : aliasIds(pool, before)
  const newAliases = after === undefined ? [] : aliasIds(pool, after)
  for (const id of oldAliases) {
    if (!newAliases.includes(id) && aliases.get(writer, id) === key) aliases.remove(writer, id)
  }
  for (const id of newAliases) if (!oldAliases.includes(id)) aliases.put(writer, id, key)

  const oldEntries = before === undefined ? [] : entryIds(pool, before, key)
  const newEntries = after === undefined ? [] : entryIds(pool, after, key)
  for (const id of oldEntries) if (!newEntries.includes(id)) attributes.remove(writer, id)
  for (const id of newEntries) if (!oldEntries.includes(id)) attributes.put(writer, id, key)
}

const aliasIds = (pool: Pool, user: User): string[] =>
  aliasesOf(pool, user).map(({ kind, value }) => aliasId(pool, kind, value))

function entryIds(pool: Pool, user: User, key: string): string[] {
  return indexedAttributes.flatMap((name) => {
    const value = searchedValue(user, name)
    return value === undefined ? [] : [`${attributePrefix(pool.id, name, value)}\u0001${key}`]
  })
}
