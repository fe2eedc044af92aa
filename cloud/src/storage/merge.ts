import type { Change } from './image.ts'
import type { Entry } from './store.ts'

/** Newer changes over older ones, both in the same order of keys: of one key, the newer counts. */
export const mergeChanges = (newer: Change[], older: Change[], reverse: boolean): Change[] =>
  newer.length === 0 ? older : older.length === 0 ? newer : [...merged(newer, older, reverse)]

/** Entries under changes, both in the same order of keys. */
export function* mergeEntries(
  changes: Change[],
  entries: Iterable<Entry>,
  reverse: boolean,
): Iterable<Entry> {
  for (const { key, value } of merged(changes, entries, reverse)) {
    if (value !== undefined) yield { key, value }
  }
}

function* merged(
  upper: Iterable<Change>,
  lower: Iterable<Change>,
  reverse: boolean,
): Iterable<Change> {
  const over = upper[Symbol.iterator]()
  let next = over.next()
  for (const below of lower) {
    let order = -1
    while (next.done !== true) {
      order = Buffer.compare(next.value.key, below.key) * (reverse ? -1 : 1)
      if (order > 0) break
      yield next.value
      next = over.next()
      if (order === 0) break
    }
    if (order !== 0) yield below
  }
  while (next.done !== true) {
    yield next.value
    next = over.next()
  }
}
