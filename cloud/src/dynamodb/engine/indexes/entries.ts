import type { Writer } from '../../../storage/index.ts'
import { writeUnits, type Consumption } from '../capacity.ts'
import type { Counters } from '../counters.ts'
import { indexEntryKey } from '../keys.ts'
import { storedItem, type StoredItem } from '../stored-item.ts'
import type { Index, Table } from '../tables/table.ts'
import { itemSize, setAttribute, type Item, type MutableItem } from '../values/index.ts'

type Entry = { readonly key: Buffer; readonly value: StoredItem }

/** An item as an index holds it, or undefined when it has no place there. */
export function entryOf(index: Index, item: StoredItem, itemTail: Buffer): Entry | undefined {
  const key = indexEntryKey(index, item.item, itemTail)
  return key === undefined ? undefined : { key, value: projected(index, item) }
}

function projected(index: Index, item: StoredItem): StoredItem {
  if (index.projected === undefined) return item
  const kept = projectTo(index.projected, item.item)
  return storedItem(kept, itemSize(kept), item.isPlain)
}

function projectTo(names: ReadonlySet<string>, item: Item): Item {
  const kept: MutableItem = {}
  for (const [name, value] of Object.entries(item)) {
    if (names.has(name)) setAttribute(kept, name, value)
  }
  return kept
}

/**
 * Brings a table's index entries from one state of an item to the next, counting entries and capacity: an entry
 * whose content stays is not written ("Using Global Secondary Indexes", provisioned throughput).
 */
export function changeEntries(
  writer: Writer,
  table: Table,
  change: {
    readonly itemTail: Buffer
    readonly before: StoredItem | undefined
    readonly after: StoredItem | undefined
  },
  counters: Counters,
  used: Consumption,
): void {
  for (const index of table.indexes) {
    const { before, after, itemTail } = change
    const old = before === undefined ? undefined : entryOf(index, before, itemTail)
    const next = after === undefined ? undefined : entryOf(index, after, itemTail)
    if (old !== undefined && next !== undefined && old.value.bytes.equals(next.value.bytes)) {
      if (old.key.equals(next.key) && index.definition.state === 'active') continue
    }
    const moved = old !== undefined && next !== undefined && !old.key.equals(next.key)
    if (old !== undefined) {
      // An index that is being filled may not have the old entry yet.
      const present = index.definition.state === 'active' || writer.get(old.key) !== undefined
      if (present) {
        counters.add(index.slot, -1, -old.value.size)
        if (next === undefined || moved) writer.remove(old.key)
      }
      if (next === undefined || moved) used.addIndex(index.name, writeUnits(old.value.size))
    }
    if (next !== undefined) {
      counters.add(index.slot, 1, next.value.size)
      writer.put(next.key, next.value.bytes)
      const larger = moved || old === undefined ? 0 : old.value.size
      used.addIndex(index.name, writeUnits(Math.max(next.value.size, larger)))
    }
  }
}
