import { justAfter, afterPrefix, type Store } from '../../../storage/index.ts'
import { backgroundChunkItems } from '../../limits.ts'
import type { Background } from '../background.ts'
import { Counters } from '../counters.ts'
import { entryOf } from '../indexes/entries.ts'
import { StoredItem } from '../stored-item.ts'
import { addExpiry, expiryOf } from '../ttl/expiry.ts'
import type { Catalog } from './catalog.ts'
import type { Table } from './table.ts'

type Parts = {
  readonly store: Store
  readonly catalog: Catalog
  readonly background: Background
}

/**
 * Goes on with what a table needs of its older items: entries in new indexes, the order of expiry. Each step takes a
 * few hundred items, in the same transaction as their counters; writes in between keep their own entries, so that
 * a step may find an entry there already. After a restart it begins anew.
 */
export function fillTables(parts: Parts): void {
  for (const table of parts.catalog.all()) {
    if (needsFilling(table)) fillTable(parts, table.name, table.id)
  }
}

const needsFilling = ({ definition }: Table): boolean =>
  definition.ttl?.filling === true || definition.indexes.some((index) => index.state === 'creating')

export function fillTable(parts: Parts, name: string, id: number): void {
  let from: Buffer | undefined
  let version: number | undefined
  parts.background.add(`filling indexes of ${name}`, async () => {
    const table = parts.catalog.find(name)
    if (table?.id !== id || !needsFilling(table)) return false
    // Another index may have come while this one was being filled: begin anew.
    if (version !== table.definition.version) from = undefined
    version = table.definition.version
    const { next, changed } = await fillSome(parts.store, table, from ?? table.prefix)
    from = next
    if (changed) {
      parts.catalog.refresh(name)
      return true
    }
    if (next !== undefined) return true
    await parts.catalog.change(name, (definition) => {
      if (definition.version !== version) return definition
      const { ttl } = definition
      return {
        ...definition,
        indexes: definition.indexes.map((index) => ({ ...index, state: 'active' as const })),
        ...(ttl === undefined ? {} : { ttl: { attribute: ttl.attribute, slot: ttl.slot } }),
      }
    })
    return false
  })
}

type Step = { readonly next: Buffer | undefined; readonly changed: boolean }

function fillSome(store: Store, table: Table, from: Buffer): Promise<Step> {
  return store.write((writer): Step => {
    const counters = Counters.read(writer, table.countersKey)
    if (counters?.version !== table.definition.version) return { next: undefined, changed: true }
    const found: { key: Buffer; item: StoredItem }[] = []
    for (const { key, value } of writer.range({ from, to: afterPrefix(table.prefix) })) {
      found.push({ key, item: new StoredItem(value) })
      if (found.length === backgroundChunkItems) break
    }
    const { ttl } = table.definition
    for (const { key, item } of found) {
      const tail = key.subarray(table.prefix.length)
      for (const index of table.indexes) {
        if (index.definition.state !== 'creating') continue
        const entry = entryOf(index, item, tail)
        if (entry === undefined || writer.get(entry.key) !== undefined) continue
        writer.put(entry.key, entry.value.bytes)
        counters.add(index.slot, 1, entry.value.size)
      }
      if (ttl?.filling !== true) continue
      const expiry = expiryOf(item.item, ttl.attribute)
      if (expiry !== undefined) addExpiry(writer, table, ttl, expiry, tail)
    }
    writer.put(table.countersKey, counters.toBytes())
    const last = found.length === backgroundChunkItems ? found.at(-1) : undefined
    return { next: last === undefined ? undefined : justAfter(last.key), changed: false }
  })
}
