import { AwsError } from '../../../kernel/index.ts'
import { justAfter, afterPrefix, type Reader } from '../../../storage/index.ts'
import { backgroundChunkItems } from '../../limits.ts'
import type { Background } from '../background.ts'
import { ItemPlace } from '../items/write-session.ts'
import type { Writes } from '../items/writes.ts'
import { StoredItem } from '../stored-item.ts'
import type { Catalog } from '../tables/catalog.ts'
import type { Table } from '../tables/table.ts'
import { backups } from './backup.ts'

type Parts = {
  readonly store: { readonly reader: Reader }
  readonly catalog: Catalog
  readonly writes: Writes
  readonly background: Background
}

/** Whether a table is being filled from the items under a storage prefix. */
export function isBeingRestored(catalog: Catalog, prefix: Buffer): boolean {
  const from = prefix.toString('hex')
  for (const { definition } of catalog.all()) if (definition.restore?.from === from) return true
  return false
}

/** @throws AwsError ResourceInUseException while a backup or a restored table is made of a table's items */
export function requireNotCopied(
  { catalog, store }: Pick<Parts, 'catalog' | 'store'>,
  table: Table,
): void {
  let busy = isBeingRestored(catalog, table.prefix)
  for (const [, backup] of backups.list(store.reader, { prefix: `${table.arn}/backup/` })) {
    busy ||= backup.status === 'CREATING' && backup.definition.id === table.id
  }
  if (busy) {
    throw new AwsError(
      'ResourceInUseException',
      `Attempt to change a resource which is still in use: Table is being backed up or restored: ${table.name}`,
    )
  }
}

/** Goes on with tables that were being restored when the engine was stopped: items that are there stay. */
export function resumeRestores(parts: Parts): void {
  for (const table of parts.catalog.all()) {
    const { restore } = table.definition
    if (restore?.from !== undefined) restoreItems(parts, table.name, table.id)
  }
}

/**
 * Fills a new table from where its definition says, a few hundred items in a transaction, each with its index
 * entries and counters. Until it is done the table is CREATING and answers no requests for items.
 */
export function restoreItems(parts: Parts, name: string, id: number): void {
  const { store, catalog, writes, background } = parts
  let from: Buffer | undefined
  background.add(`restoring ${name}`, async () => {
    const source = catalog.find(name)?.definition.restore?.from
    if (source === undefined || catalog.find(name)?.id !== id) return false
    const prefix = Buffer.from(source, 'hex')
    const found: { key: Buffer; value: Buffer }[] = []
    for (const entry of store.reader.range({ from: from ?? prefix, to: afterPrefix(prefix) })) {
      found.push({ key: Buffer.from(entry.key), value: Buffer.from(entry.value) })
      if (found.length === backgroundChunkItems) break
    }
    await writes.run(() => {
      const table = catalog.find(name)
      return (session) => {
        if (table?.id !== id) return
        for (const { key, value } of found) {
          const tail = key.subarray(prefix.length)
          const place = new ItemPlace(table, Buffer.concat([table.prefix, tail]))
          session.change(place, session.read(place), new StoredItem(value))
        }
      }
    })
    const last = found.at(-1)
    if (last !== undefined && found.length === backgroundChunkItems) {
      from = justAfter(last.key)
      return true
    }
    await catalog.change(name, ({ restore, ...definition }) => {
      if (restore === undefined) return definition
      const { from: _done, ...done } = restore
      return { ...definition, restore: done }
    })
    return false
  })
}
