import type { Reader } from '../../../storage/index.ts'
import { StoredItem } from '../stored-item.ts'

/** The committed item under a storage key. */
export function readItem(reader: Reader, key: Buffer): StoredItem | undefined {
  const bytes = reader.get(key)
  return bytes === undefined ? undefined : new StoredItem(bytes)
}
