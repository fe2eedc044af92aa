import { justAfter, afterPrefix, prefixRange } from '../../../storage/index.ts'
import type { KeyCondition, KeyRange } from '../expressions/index.ts'
import { partitionOf } from '../keys.ts'
import { escapedKeyBytes, keyBytes, type AttributeValue } from '../values/index.ts'

export type KeyRangeBytes = { readonly from: Buffer; readonly to: Buffer }

/** How sort keys stand in a table's keys (as they are, at the end) or in an index's (escaped, others follow). */
type Encoding = {
  readonly exactly: (value: AttributeValue) => Buffer
  readonly beginning: (value: AttributeValue) => Buffer
  /** The end of the keys that begin with, or are, `key`. */
  readonly after: (key: Buffer) => Buffer
}

const plain: Encoding = { exactly: keyBytes, beginning: keyBytes, after: justAfter }
const escapeEndBytes = 2
const escaped: Encoding = {
  exactly: escapedKeyBytes,
  beginning: (value) => escapedKeyBytes(value).subarray(0, -escapeEndBytes),
  after: afterPrefix,
}

/** The whole partition that a key condition names. */
export const partitionRange = (prefix: Buffer, condition: KeyCondition): KeyRangeBytes =>
  prefixRange(Buffer.concat([prefix, partitionOf(condition.partition)]))

/**
 * The storage keys that a key condition takes in.
 *
 * @param prefix of the table's items or of the index
 */
export function queryRange(
  prefix: Buffer,
  isIndex: boolean,
  condition: KeyCondition,
): KeyRangeBytes {
  const encoding = isIndex ? escaped : plain
  const start = Buffer.concat([
    prefix,
    partitionOf(condition.partition),
    ...condition.sort.map((value) => encoding.exactly(value)),
  ])
  if (condition.range !== undefined) return within(start, encoding, condition.range)
  return condition.sort.length > 0 && !isIndex
    ? { from: start, to: justAfter(start) }
    : prefixRange(start)
}

function within(start: Buffer, encoding: Encoding, range: KeyRange): KeyRangeBytes {
  const at = (value: AttributeValue): Buffer => Buffer.concat([start, encoding.exactly(value)])
  switch (range.operator) {
    case '<':
      return { from: start, to: at(range.value) }
    case '<=':
      return { from: start, to: encoding.after(at(range.value)) }
    case '>':
      return { from: encoding.after(at(range.value)), to: afterPrefix(start) }
    case '>=':
      return { from: at(range.value), to: afterPrefix(start) }
    case 'BETWEEN':
      return { from: at(range.low), to: encoding.after(at(range.high)) }
    case 'begins_with':
      return prefixRange(Buffer.concat([start, encoding.beginning(range.prefix)]))
  }
}
