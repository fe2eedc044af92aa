import type { Writer } from '../../../storage/index.ts'
import { expiryKey } from '../layout.ts'
import type { StoredItem } from '../stored-item.ts'
import type { TtlSettings } from '../tables/definition.ts'
import type { Table } from '../tables/table.ts'
import { attributeOf, type Item } from '../values/index.ts'

const none = Buffer.alloc(0)
const secondsMax = 2 ** 48 - 1

/** When an item expires, in whole seconds since the epoch; undefined when its attribute is no number of seconds. */
export function expiryOf(item: Item, attribute: string): number | undefined {
  const value = attributeOf(item, attribute)
  if (value === undefined || !('N' in value)) return undefined
  const seconds = Math.floor(Number(value.N))
  return seconds >= 0 && seconds <= secondsMax ? seconds : undefined
}

/** Keeps the order of expiry in step with an item's change. */
export function changeExpiry(
  writer: Writer,
  table: Table,
  ttl: TtlSettings,
  change: {
    readonly itemTail: Buffer
    readonly before: StoredItem | undefined
    readonly after: StoredItem | undefined
  },
): void {
  const { itemTail, before, after } = change
  const old = before === undefined ? undefined : expiryOf(before.item, ttl.attribute)
  const next = after === undefined ? undefined : expiryOf(after.item, ttl.attribute)
  if (old === next) return
  if (old !== undefined) writer.remove(expiryKey(table.id, ttl.slot, old, itemTail))
  if (next !== undefined) addExpiry(writer, table, ttl, next, itemTail)
}

export function addExpiry(
  writer: Writer,
  table: Table,
  ttl: TtlSettings,
  seconds: number,
  itemTail: Buffer,
): void {
  writer.put(expiryKey(table.id, ttl.slot, seconds, itemTail), none)
}
