import type { Store } from '../../storage/index.ts'
import type { KeyRing } from '../tokens/keys.ts'
import { domainOf, domainOfPool, removeDomain } from './domains.ts'
import { groupsOf, removeGroup } from './group-store.ts'
import type { Pool } from './pool.ts'
import type { PoolStore } from './pool-store.ts'
import { removeResourceServer, resourceServersOf } from './resource-servers.ts'
import type { User } from './user.ts'
import { forgetCount, listUsers, removeUser } from './user-store.ts'

const usersPerTransaction = 500

/**
 * Removes a pool with all that is in it. The pool itself goes first, so that nothing can be added; then the
 * users, some at a time, so that other writers are not held up.
 */
export async function removePool(
  ctx: { readonly store: Store; readonly pools: PoolStore; readonly keyRing: KeyRing },
  pool: Pool,
): Promise<void> {
  const { store, pools, keyRing } = ctx
  await store.write((writer) => {
    const clients = [...pools.clientsOf(writer, pool.id)]
    for (const client of clients) pools.removeClient(writer, client)
    const groups = [...groupsOf(writer, pool.id)]
    for (const group of groups) removeGroup(writer, pool.id, group.name)
    const servers = [...resourceServersOf(writer, pool.id)]
    for (const { Identifier } of servers) removeResourceServer(writer, pool.id, Identifier)
    const domain = domainOf(writer, domainOfPool(writer, pool.id) ?? '')
    if (domain !== undefined) removeDomain(writer, domain)
    keyRing.remove(writer, pool.id)
    pools.removePool(writer, pool.id)
  })
  for (;;) {
    const users: User[] = []
    for (const { user } of listUsers(store.reader, pool)) {
      users.push(user)
      if (users.length >= usersPerTransaction) break
    }
    if (users.length === 0) break
    await store.write((writer) => {
      for (const user of users) removeUser(writer, pool, user)
    })
  }
  await store.write((writer) => forgetCount(writer, pool.id))
}
