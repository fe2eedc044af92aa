import { justAfter, afterPrefix, type Store } from '../../../storage/index.ts'
import { backgroundChunkItems } from '../../limits.ts'
import type { Background } from '../background.ts'
import { backupPrefix, itemPrefix } from '../layout.ts'
import { StoredItem } from '../stored-item.ts'
import { discard } from '../tables/remove-table.ts'
import { backups, type Backup } from './backup.ts'

type Parts = { readonly store: Store; readonly background: Background }

/** Goes on with backups that were being made when the engine was stopped: from the beginning. */
export function resumeBackups(parts: Parts): void {
  for (const [, backup] of backups.list(parts.store.reader)) {
    if (backup.status === 'CREATING') copyItems(parts, backup)
  }
}

/**
 * Copies a table's items into a backup, a few hundred in a transaction. Like AWS's own, a backup is not of one
 * moment: an item that is written while it is made may be in it as it was before or after ("Using on-demand
 * backup and restore for DynamoDB"). Until it is done its table cannot be deleted.
 */
export function copyItems({ store, background }: Parts, backup: Backup): void {
  const source = itemPrefix(backup.definition.id)
  const target = backupPrefix(backup.id)
  let from = source
  let items = 0
  let bytes = 0
  background.add(`making backup ${backup.arn}`, async () => {
    const step = await store.write((writer) => {
      const found: { key: Buffer; value: Buffer }[] = []
      for (const entry of writer.range({ from, to: afterPrefix(source) })) {
        found.push({ key: Buffer.from(entry.key), value: Buffer.from(entry.value) })
        if (found.length === backgroundChunkItems) break
      }
      for (const { key, value } of found) {
        writer.put(Buffer.concat([target, key.subarray(source.length)]), value)
      }
      return found
    })
    items += step.length
    for (const { value } of step) bytes += new StoredItem(value).size
    const last = step.at(-1)
    if (last !== undefined && step.length === backgroundChunkItems) {
      from = justAfter(last.key)
      return true
    }
    await store.write((writer) => {
      const current = backups.get(writer, backup.arn)
      if (current === undefined) discard(writer, target)
      else backups.put(writer, backup.arn, { ...current, status: 'AVAILABLE', items, bytes })
    })
    return false
  })
}
