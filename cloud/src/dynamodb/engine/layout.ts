import { hash } from 'node:crypto'
import { afterPrefix, keySpace } from '../../storage/index.ts'

/**
 * The keys of the engine in the store. All begin with the key space `dynamodb\0` and a letter for the kind;
 * numbers are unsigned and big-endian, so that key order is numeric order.
 *
 *     i  table u32  partition 16  sort …                         → an item (stored-item.ts)
 *     x  table u32  index u16  partition 16  sort escaped …      → the projected item (stored-item.ts)
 *                                            table partition 16  table sort …
 *     n  table u32                                               → version and counters (counters.ts)
 *     y  table u32  slot u16  expiry u48 (seconds)  partition 16  sort …   → nothing: the order of expiry
 *     s  stream u32  shard u16  sequence u64                     → a stream record (streams/stored-record.ts)
 *     b  backup u32  partition 16  sort …                        → an item of a backup, as it was
 *     t  token 32                                                → a request token's outcome (transactions)
 *     u  expiry u48 (ms)  token 32                               → nothing: the order of expiry
 *
 * `partition` is the start of the SHA-256 of the partition key's bytes: items spread evenly, so that a parallel
 * scan can cut the range of hashes, and any key fits into the 4,026 bytes that the store takes. A table's own
 * sort key ends the key and stays as it is; an index's is escaped, because the table's key follows it.
 *
 * Tables, streams and clean-up tasks themselves are documents (`dynamodb/tables` …).
 */
const space = keySpace('dynamodb')
const partitionHashBytes = 16
const itemPrefixBytes = space.length + 1 + 4
const indexPrefixBytes = itemPrefixBytes + 2

function prefixed(kind: string, tailBytes: number): Buffer {
  const key = Buffer.allocUnsafe(space.length + 1 + tailBytes)
  space.copy(key)
  key.write(kind, space.length, 'latin1')
  return key
}

function numbered(kind: string, id: number): Buffer {
  const key = prefixed(kind, 4)
  key.writeUInt32BE(id, space.length + 1)
  return key
}

const slotted = (prefix: Buffer, slot: number): Buffer => {
  const tail = Buffer.allocUnsafe(2)
  tail.writeUInt16BE(slot)
  return Buffer.concat([prefix, tail])
}

export const itemPrefix = (table: number): Buffer => numbered('i', table)
export const countersKey = (table: number): Buffer => numbered('n', table)
export const expiryPrefix = (table: number): Buffer => numbered('y', table)
export const backupPrefix = (backup: number): Buffer => numbered('b', backup)
export const streamPrefix = (stream: number): Buffer => numbered('s', stream)
export const indexesPrefix = (table: number): Buffer => numbered('x', table)

export const indexPrefix = (table: number, index: number): Buffer =>
  slotted(indexesPrefix(table), index)

/** The start of a partition: 16 bytes of hash from the bytes of its key. */
export const partitionHash = (bytes: Buffer): Buffer =>
  hash('sha256', bytes, 'buffer').subarray(0, partitionHashBytes)

export const shardPrefix = (stream: number, shard: number): Buffer =>
  slotted(streamPrefix(stream), shard)

export function streamRecordKey(stream: number, shard: number, sequence: number): Buffer {
  const tail = Buffer.allocUnsafe(10)
  tail.writeUInt16BE(shard, 0)
  tail.writeBigUInt64BE(BigInt(sequence), 2)
  return Buffer.concat([streamPrefix(stream), tail])
}

/** The sequence at the end of a stream record's key. */
export const sequenceOfKey = (key: Buffer): number => Number(key.readBigUInt64BE(key.length - 8))

/**
 * @param slot tells this order of expiry from earlier ones of the table, which may still be being cleared
 * @param itemKeyTail an item's key after its prefix
 */
export function expiryKey(
  table: number,
  slot: number,
  seconds: number,
  itemKeyTail: Buffer,
): Buffer {
  const time = Buffer.allocUnsafe(6)
  time.writeUIntBE(seconds, 0, 6)
  return Buffer.concat([expirySlotPrefix(table, slot), time, itemKeyTail])
}

export const expirySlotPrefix = (table: number, slot: number): Buffer =>
  slotted(expiryPrefix(table), slot)

/** The part of an expiry entry's key that tells the item. */
export const itemKeyTailOfExpiry = (key: Buffer): Buffer => key.subarray(indexPrefixBytes + 6)

export const tokenKey = (hash: Buffer): Buffer => Buffer.concat([prefixed('t', 0), hash])

export function tokenExpiryKey(expiresMs: number, hash: Buffer): Buffer {
  const key = prefixed('u', 6)
  key.writeUIntBE(expiresMs, space.length + 1, 6)
  return Buffer.concat([key, hash])
}

export const expiredTokensRange = (nowMs: number): { from: Buffer; to: Buffer } => ({
  from: prefixed('u', 0),
  to: tokenExpiryKey(nowMs, Buffer.alloc(0)),
})

export const tokenHashOfExpiry = (key: Buffer): Buffer => key.subarray(space.length + 1 + 6)

/** The least key after `key` itself. */
export const justAfter = (key: Buffer): Buffer => Buffer.concat([key, Buffer.from([0])])

/**
 * One segment of a parallel scan: the hash range cut into equal parts.
 *
 * @param prefix of the items or of an index
 */
export function segmentRange(
  prefix: Buffer,
  segment: number,
  totalSegments: number,
): { from: Buffer; to: Buffer } {
  const boundary = (part: number): Buffer => {
    if (part >= totalSegments) return afterPrefix(prefix)
    const start = Buffer.allocUnsafe(6)
    start.writeUIntBE(Math.floor((part * 2 ** 48) / totalSegments), 0, 6)
    return Buffer.concat([prefix, start])
  }
  return { from: boundary(segment), to: boundary(segment + 1) }
}
