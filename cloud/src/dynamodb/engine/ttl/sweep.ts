import { backgroundChunkItems, ttlAgeMaxSeconds } from '../../limits.ts'
import type { Store } from '../../../storage/index.ts'
import { ItemPlace } from '../items/write-session.ts'
import type { Writes } from '../items/writes.ts'
import { expiryKey, itemKeyTailOfExpiry } from '../layout.ts'
import type { Catalog } from '../tables/catalog.ts'
import { expiryOf } from './expiry.ts'

/** Who a TTL deletion is attributed to in the stream ("DynamoDB Streams and Time to Live"). */
const ttlIdentity = { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } as const

/**
 * Deletes some of the items whose time is over.
 *
 * @returns whether there may be more
 */
export async function deleteExpired(
  store: Store,
  catalog: Catalog,
  writes: Writes,
  nowMs: number,
): Promise<boolean> {
  const nowSeconds = Math.floor(nowMs / 1000)
  let more = false
  for (const table of catalog.all()) {
    if (table.definition.ttl === undefined) continue
    const tails = expiredTails(store, table.id, table.definition.ttl.slot, nowSeconds)
    if (tails.length === 0) continue
    await writes.run(() => (session) => {
      const current = catalog.find(table.name)
      const ttl = current?.definition.ttl
      if (current?.id !== table.id || ttl === undefined) return
      for (const tail of tails) {
        const place = new ItemPlace(current, Buffer.concat([table.prefix, tail]))
        const found = session.read(place)
        const expiry = found === undefined ? undefined : expiryOf(found.item, ttl.attribute)
        // It may have been changed since it was found.
        if (found === undefined || expiry === undefined || expiry > nowSeconds) continue
        session.change(place, found, undefined, ttlIdentity)
      }
    })
    more ||= tails.length === backgroundChunkItems
  }
  return more
}

function expiredTails(store: Store, table: number, slot: number, nowSeconds: number): Buffer[] {
  const boundary = (seconds: number): Buffer =>
    expiryKey(table, slot, Math.max(0, seconds), Buffer.alloc(0))
  const range = { from: boundary(nowSeconds - ttlAgeMaxSeconds), to: boundary(nowSeconds + 1) }
  const tails: Buffer[] = []
  for (const { key } of store.reader.range(range)) {
    tails.push(Buffer.from(itemKeyTailOfExpiry(key)))
    if (tails.length === backgroundChunkItems) break
  }
  return tails
}
