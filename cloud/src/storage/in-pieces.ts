import { justAfter } from './key.ts'
import type { Entry, Range } from './store.ts'

/**
 * The entries of a range, some read at once and the next ones when they are asked for, from the key after the last:
 * who awaits something between two of them goes on with what is there then.
 *
 * @param entries reads a range that is not changed meanwhile
 */
export function* inPieces(
  over: Range,
  entries: (range: Range) => Iterable<Entry>,
): Iterable<Entry> {
  let rest = over
  for (let most = entriesFirst; ; most = Math.min(4 * most, entriesMax)) {
    const { piece, isAll } = firstOf(entries(rest), most)
    yield* piece
    const last = piece.at(-1)
    if (isAll || last === undefined) return
    rest =
      rest.reverse === true ? { ...rest, to: last.key } : { ...rest, from: justAfter(last.key) }
  }
}

/** Of a range that may be left after its first entry, few are read ahead; of one that goes on, many at a time. */
const entriesFirst = 4
const entriesMax = 256
const bytesMax = 1024 * 1024

function firstOf(entries: Iterable<Entry>, most: number): { piece: Entry[]; isAll: boolean } {
  const piece: Entry[] = []
  let bytes = 0
  for (const { key, value } of entries) {
    piece.push({ key, value })
    bytes += value.length
    if (piece.length >= most || bytes > bytesMax) return { piece, isAll: false }
  }
  return { piece, isAll: true }
}
