import { documents, type Reader, type Writer } from '../../storage/index.ts'
import { aliasExists, usernameExists } from '../errors.ts'
import type { AliasKind, Pool } from './pool.ts'
import type { User } from './user.ts'
import { aliasesOf, indexUser, ownerOfAlias, userKey } from './user-index.ts'

/**
 * The users of all pools:
 *
 *     cognito/users        poolId/user key        → User
 *     cognito/user-counts  poolId                 → how many
 *     cognito/members      poolId/group ␁ user key → 1
 *
 * The indexes beside them are drawn in user-index.ts.
 */
const users = documents<User>('cognito/users')
const counts = documents<number>('cognito/user-counts')
const members = documents<1>('cognito/members')

const memberId = (poolId: string, group: string, key: string): string =>
  `${poolId}/${group}\u0001${key}`

/** A user by the name given to it at sign-up. */
export const userByName = (reader: Reader, pool: Pool, username: string): User | undefined =>
  users.get(reader, `${pool.id}/${userKey(pool, username)}`)

export const userBySub = (reader: Reader, pool: Pool, sub: string): User | undefined =>
  userByAlias(reader, pool, 'sub', sub)

export function userByAlias(
  reader: Reader,
  pool: Pool,
  kind: AliasKind | 'sub',
  value: string,
): User | undefined {
  const key = ownerOfAlias(reader, pool, kind, value)
  return key === undefined ? undefined : users.get(reader, `${pool.id}/${key}`)
}

/** A user by anything that names one: user name, sub, or an alias that the pool allows. */
export function findUser(reader: Reader, pool: Pool, name: string): User | undefined {
  const found = userByName(reader, pool, name) ?? userBySub(reader, pool, name)
  if (found !== undefined) return found
  const { AliasAttributes = [], UsernameAttributes = [] } = pool.settings
  for (const kind of new Set<AliasKind>([...UsernameAttributes, ...AliasAttributes])) {
    const byAlias = userByAlias(reader, pool, kind, name)
    if (byAlias !== undefined) return byAlias
  }
  return undefined
}

export type PutOptions = {
  /** Takes an alias away from the user that has it, instead of refusing. */
  readonly forceAlias?: boolean
}

/**
 * Stores a new user.
 *
 * @throws UsernameExistsException, AliasExistsException
 */
export function insertUser(writer: Writer, pool: Pool, user: User, options: PutOptions = {}): void {
  if (findExisting(writer, pool, user.username)) throw usernameExists()
  claimAliases(writer, pool, user, options)
  put(writer, pool, undefined, user)
  counts.put(writer, pool.id, userCount(writer, pool.id) + 1)
}

const findExisting = (reader: Reader, pool: Pool, username: string): boolean =>
  userByName(reader, pool, username) !== undefined

/**
 * Replaces a user with its next state: read the user inside the same transaction.
 *
 * @throws AliasExistsException
 */
export function replaceUser(
  writer: Writer,
  pool: Pool,
  before: User,
  after: User,
  options: PutOptions = {},
): void {
  claimAliases(writer, pool, after, options)
  put(writer, pool, before, after)
}

function put(writer: Writer, pool: Pool, before: User | undefined, after: User): void {
  const key = userKey(pool, after.username)
  users.put(writer, `${pool.id}/${key}`, after)
  indexUser(writer, pool, before, after)
  for (const group of before?.groups ?? []) {
    if (!after.groups.includes(group)) members.remove(writer, memberId(pool.id, group, key))
  }
  for (const group of after.groups) {
    if (before?.groups.includes(group) !== true)
      members.put(writer, memberId(pool.id, group, key), 1)
  }
}

/** Two users cannot have the same alias: the later one is refused, or takes it where that was asked for. */
function claimAliases(writer: Writer, pool: Pool, user: User, options: PutOptions): void {
  const key = userKey(pool, user.username)
  for (const { kind, value } of aliasesOf(pool, user)) {
    const owner = ownerOfAlias(writer, pool, kind, value)
    if (owner === undefined || owner === key) continue
    const other = users.get(writer, `${pool.id}/${owner}`)
    if (other === undefined) continue
    const asUsername = pool.settings.UsernameAttributes?.some((each) => each === kind) === true
    if (asUsername) throw usernameExists(`An account with the given ${kind} already exists.`)
    if (options.forceAlias !== true) throw aliasExists(kind)
    // "AdminCreateUser", ForceAliasCreation: the alias migrates; the former owner's is no longer verified.
    const without = other.attributes.filter((each) => each.Name !== `${kind}_verified`)
    const attributes = [...without, { Name: `${kind}_verified`, Value: 'false' }]
    put(writer, pool, other, { ...other, attributes })
  }
}

export function removeUser(writer: Writer, pool: Pool, user: User): void {
  const key = userKey(pool, user.username)
  users.remove(writer, `${pool.id}/${key}`)
  indexUser(writer, pool, user, undefined)
  for (const group of user.groups) members.remove(writer, memberId(pool.id, group, key))
  counts.put(writer, pool.id, Math.max(0, userCount(writer, pool.id) - 1))
}

export const userCount = (reader: Reader, poolId: string): number => counts.get(reader, poolId) ?? 0

export const forgetCount = (writer: Writer, poolId: string): void => counts.remove(writer, poolId)

/** Users in order of their keys; `after` is a key yielded before. */
export function* listUsers(
  reader: Reader,
  pool: Pool,
  options: { prefix?: string; after?: string } = {},
): Generator<{ key: string; user: User }, void, undefined> {
  const home = `${pool.id}/`
  const found = users.list(reader, {
    prefix: `${home}${options.prefix ?? ''}`,
    ...(options.after === undefined ? {} : { after: `${home}${options.after}` }),
  })
  for (const [id, user] of found) yield { key: id.slice(home.length), user }
}

export const userAt = (reader: Reader, pool: Pool, key: string): User | undefined =>
  users.get(reader, `${pool.id}/${key}`)

/** Keys of a group's members, in order. */
export function* membersOf(
  reader: Reader,
  poolId: string,
  group: string,
  after?: string,
): Generator<string, void, undefined> {
  const prefix = memberId(poolId, group, '')
  const found = members.list(reader, {
    prefix,
    ...(after === undefined ? {} : { after: `${prefix}${after}` }),
  })
  for (const [id] of found) yield id.slice(prefix.length)
}
