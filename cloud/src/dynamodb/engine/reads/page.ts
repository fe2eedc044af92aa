import type { CommittedReader, Range } from '../../../storage/index.ts'
import { pageBytesMax } from '../../limits.ts'
import { evaluateCondition, type Condition } from '../expressions/index.ts'
import { StoredItem } from '../stored-item.ts'

export type PageRequest = {
  readonly range: Range
  /** Entries to look at, matching or not. */
  readonly limit?: number | undefined
  readonly filter?: Condition | undefined
  /** Exchanges an index entry for the whole item, where the request wants more than the index holds. */
  readonly fetch?: ((entry: StoredItem) => StoredItem) | undefined
  /** Gets each item that matches. It lies in the store's memory: what is kept of it must be copied. */
  readonly take: (item: StoredItem) => void
}

export type Page = {
  /** How many items matched. */
  readonly count: number
  /** How many entries were looked at. */
  readonly scanned: number
  /** Their sizes together. */
  readonly bytes: number
  /** The last one, when there may be more after it. */
  readonly last: StoredItem | undefined
}

/**
 * Reads one page: up to `limit` entries, and no further than the entry with which 1 MB is reached ("Paginating
 * table query results"). The end of a page that stops at a limit is told without looking for a next entry.
 */
export function readPage(reader: CommittedReader, request: PageRequest): Page {
  const { range, limit = Infinity, filter, fetch, take } = request
  let count = 0
  let scanned = 0
  let bytes = 0
  let last: StoredItem | undefined
  reader.visit(range, (held, length) => {
    const entry = new StoredItem(held, length)
    scanned++
    bytes += entry.size
    if (scanned >= limit || bytes >= pageBytesMax) last = entry.copy()
    const item = fetch === undefined ? entry : fetch(entry)
    if (filter === undefined || evaluateCondition(filter, item.item)) {
      count++
      take(item)
    }
    return last === undefined
  })
  return { count, scanned, bytes, last }
}
