import SortedBTree from 'sorted-btree'
import { inPieces } from './in-pieces.ts'
import { byText, keyText } from './key.ts'
import { bytesOf, type Entry, type Range, type Store } from './store.ts'
import { transactional } from './transactions.ts'

const asKey = (text: string): Buffer => Buffer.from(text, 'latin1')

/** A store that lives and dies with the process: for `--memory` and for tests. */
export function openMemoryStore(): Store {
  const BTree = SortedBTree.default
  const tree = new BTree<string, Buffer>(undefined, byText)

  function* entries({ from, to, reverse }: Range): Iterable<Entry> {
    const low = keyText(from)
    const high = keyText(to)
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

  /** What the changes of the transaction replaced. */
  let replaced: { text: string; before: Buffer | undefined }[] = []
  function set(text: string, value: Buffer | undefined): void {
    if (value === undefined) tree.delete(text)
    else tree.set(text, value)
  }
  function change(key: Buffer, value: Buffer | undefined): void {
    const text = keyText(key)
    replaced.push({ text, before: tree.get(text) })
    set(text, value)
  }

  return transactional({
    peek(key, look) {
      const value = tree.get(keyText(key))
      return value && look(value, 0, value.length)
    },
    range: (over) => inPieces(over, entries),
    visit(over, visit) {
      for (const { value } of entries(over)) if (!visit(value, value.length)) return
    },
    put: (key, value) => change(key, bytesOf(value)),
    remove: (key) => change(key, undefined),
    begin() {
      replaced = []
    },
    rollBack() {
      for (const { text, before } of replaced.reverse()) set(text, before)
    },
    isFull: false,
    makeRoom: () => undefined,
    commit: (changes) => changes(),
    close: () => {
      tree.clear()
      return Promise.resolve()
    },
  })
}
