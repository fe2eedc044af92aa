import { hash } from 'node:crypto'
import { afterPrefix, keySpace } from '../../storage/index.ts'

/**
 * The keys of the engine in the store. All begin with the key space `dynamodb\0` and a letter for the kind;
 * numbers are unsigned and big-endian, so that key order is numeric order.
 *
 *     i  table u32  partition …  sort …                          → an item (stored-item.ts)
 *     x  table u32  index u16  partition …  sort escaped …       → the projected item (stored-item.ts)
 *                                           table partition …  table sort …
 *     n  table u32                                               → version and counters (counters.ts)
 *     y  table u32  slot u16  expiry u48 (seconds)  partition …  sort …    → nothing: the order of expiry
 *     s  stream u32  shard u16  sequence u64                     → a stream record (streams/stored-record.ts)
 *     b  backup u32  partition …  sort …                         → an item of a backup, as it was
 *     t  token 32                                                → a request token's outcome (transactions)
 *     u  expiry u48 (ms)  token 32                               → nothing: the order of expiry
 *
 * `partition` begins with a hash of the partition key: items spread evenly, so that a parallel scan can cut the range
 * of hashes. The key itself follows ({@link writePartition}), or its SHA-256 where it is long, so that any key fits
 * into the 4,026 bytes that the store takes. A table's own sort key ends the key and stays as it is; an index's is
 * escaped, because the table's key follows it.
 *
 * Tables, streams and clean-up tasks themselves are documents (`dynamodb/tables` …).
 */
const space = keySpace('dynamodb')
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

/** The bytes that {@link writePartition} takes for a partition key of a length. */
export const partitionLength = (keyLength: number): number =>
  spreadBytes + 1 + (keyLength > partitionPlainMax ? digestBytes : keyLength)

/**
 * Writes what the storage keys of a partition begin with, and those of no other partition:
 *
 *     hash u32   spreads partitions evenly; two may share it
 *     length u8  of the key; 255: the key is longer than 64 bytes
 *     key        as it is, or the first 16 bytes of its SHA-256
 *
 * @param source begins with the key
 * @returns where it ends
 */
export function writePartition(
  target: Buffer,
  at: number,
  source: Buffer,
  length = source.length,
): number {
  const isLong = length > partitionPlainMax
  const spread = spreadOf(source, length)
  target[at] = spread >>> 24
  target[at + 1] = spread >>> 16
  target[at + 2] = spread >>> 8
  target[at + 3] = spread
  target[at + 4] = isLong ? longMark : length
  const start = at + spreadBytes + 1
  if (isLong) {
    target.set(hash('sha256', source.subarray(0, length), 'buffer').subarray(0, digestBytes), start)
    return start + digestBytes
  }
  for (let n = 0; n < length; n++) target[start + n] = source[n] ?? 0
  return start + length
}

const spreadBytes = 4
const digestBytes = 16
const partitionPlainMax = 64
const longMark = 0xff

/** FNV-1a, its bits mixed as MurmurHash3 ends: keys that differ in their last character lie far apart. */
function spreadOf(source: Buffer, length: number): number {
  let mixed = 0x811c9dc5
  for (let n = 0; n < length; n++) mixed = Math.imul(mixed ^ (source[n] ?? 0), 0x01000193)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

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
