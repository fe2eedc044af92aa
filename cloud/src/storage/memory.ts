import SortedBTree from 'sorted-btree'
import { inPieces } from './in-pieces.ts'
import type { Entry, Range, Store } from './store.ts'
import { transactional } from './transactions.ts'

// Keys are held as latin1 text: one character a byte, so that text order is byte order.
const asText = (key: Buffer): string => key.toString('latin1')
const asKey = (text: string): Buffer => Buffer.from(text, 'latin1')
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A store that lives and dies with the process: for `--memory` and for tests. */
export function openMemoryStore(): Store {
  const BTree = SortedBTree.default
  const tree = new BTree<string, Buffer>(undefined, byText)

  function* entries({ from, to, reverse }: Range): Iterable<Entry> {
    const low = asText(from)
    const high = asText(to)
    if (low >= high) return
    if (reverse === true) {
      for (const [key, value] of tree.entriesReversed(high)) {
        if (key >= high) continue
        if (key < low) return
        yield { key: asKey(key), value }
      }
      return
    }
    for (const [key, value] of tree.entries(low)) {
      if (key >= high) return
      yield { key: asKey(key), value }
    }
  }

  return transactional({
    get: (key) => tree.get(asText(key)),
    range: (over) => inPieces(over, entries),
    visit(over, visit) {
      for (const { value } of entries(over)) if (!visit(value)) return
    },
    put: (key, value) => void tree.set(asText(key), value),
    remove: (key) => void tree.delete(asText(key)),
    commit: (changes) => changes(),
    close: () => {
      tree.clear()
      return Promise.resolve()
    },
  })
}
