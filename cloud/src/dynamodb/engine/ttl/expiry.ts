import type { Writer } from '../../../storage/index.ts'
import { expiryKey } from '../layout.ts'
import type { StoredItem } from '../stored-item.ts'
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
  attribute: string,
  itemTail: Buffer,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): void {
  const old = before === undefined ? undefined : expiryOf(before.item, attribute)
  const next = after === undefined ? undefined : expiryOf(after.item, attribute)
  if (old !== undefined && old !== next) writer.remove(expiryKey(table.id, old, itemTail))
  if (next !== undefined && old !== next) addExpiry(writer, table, next, itemTail)
}

export function addExpiry(writer: Writer, table: Table, seconds: number, itemTail: Buffer): void {
  writer.put(expiryKey(table.id, seconds, itemTail), none)
}
