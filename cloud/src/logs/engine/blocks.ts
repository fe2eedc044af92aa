import { keySpace, prefixRange, type Reader, type Writer } from '../../storage/index.ts'
import { blockBytesMax, blockSpanMs, eventOverheadBytes } from '../limits.ts'

/*
 * Events are kept in blocks: what a stream received at once, close together in time. A busy function writes
 * thousands of short lines at a time, and a record each would cost more than the function itself. Key (numbers are
 * 8 bytes, big-endian, so that byte order is order by the time of the first event, then by ingestion):
 *
 *     logs/blocks\0 <group id> <first timestamp> <serial>   → <stream name> \0 <JSON of the rest>
 *
 * The stream's name stands first in the value: a search for one stream passes over others' blocks unread.
 */
const blockSpace = keySpace('logs/blocks')

/** One event of a block; its serial is the block's plus its place in `events`. */
type Entry = readonly [timestamp: number, message: string]

type Contents = {
  readonly ingestedMs: number
  readonly lastMs: number
  /** What the events count for, by CloudWatch Logs' arithmetic. */
  readonly bytes: number
  /** In order of time. */
  readonly events: readonly Entry[]
}

export type Block = {
  readonly key: Buffer
  readonly firstMs: number
  readonly serial: number
  readonly isOf: (stream: string) => boolean
  readonly stream: () => string
  readonly contents: () => Contents
}

export const storedBytes = (message: string): number =>
  Buffer.byteLength(message) + eventOverheadBytes

/** Fractions are cut off, as AWS does; what no time can be counts as the end of time. */
function number(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64BE(BigInt(Math.min(Number.MAX_SAFE_INTEGER, Math.floor(value))))
  return bytes
}

const blockKey = (groupId: number, firstMs: number, serial: number): Buffer =>
  Buffer.concat([blockSpace, number(groupId), number(firstMs), number(serial)])

/**
 * Adds a stream's events, in order of time.
 *
 * @param at serial: of the first event, the others follow on it
 * @returns what they count for, in bytes
 */
export function addBlocks(
  writer: Writer,
  groupId: number,
  stream: string,
  events: readonly Entry[],
  at: { readonly ingestedMs: number; readonly serial: number },
): number {
  let bytesInAll = 0
  let from = 0
  while (from < events.length) {
    const { to, bytes } = blockEnd(events, from)
    const contents = { events: events.slice(from, to), bytes, ingestedMs: at.ingestedMs }
    put(writer, groupId, stream, contents, at.serial + from)
    bytesInAll += bytes
    from = to
  }
  return bytesInAll
}

/** How far the block that begins at `from` goes. */
function blockEnd(events: readonly Entry[], from: number): { to: number; bytes: number } {
  const endMs = (events[from]?.[0] ?? 0) + blockSpanMs
  let bytes = 0
  let to = from
  for (; to < events.length; to++) {
    const [timestamp, message] = events[to] ?? [0, '']
    if (to > from && (timestamp > endMs || bytes >= blockBytesMax)) break
    bytes += storedBytes(message)
  }
  return { to, bytes }
}

/** The serial is moved on if it is taken. */
function put(
  writer: Writer,
  groupId: number,
  stream: string,
  { events, bytes, ingestedMs }: Omit<Contents, 'lastMs'>,
  firstSerial: number,
): void {
  const firstMs = events[0]?.[0] ?? 0
  const lastMs = events.at(-1)?.[0] ?? 0
  let serial = firstSerial
  while (writer.get(blockKey(groupId, firstMs, serial)) !== undefined) serial++
  const contents: Contents = { ingestedMs, lastMs, bytes, events }
  const value = Buffer.from(`${stream}\0${JSON.stringify(contents)}`)
  writer.put(blockKey(groupId, firstMs, serial), value)
}

/** A group's blocks whose first event lies within these times (milliseconds, both included). */
export function* blocksOf(
  reader: Reader,
  groupId: number,
  within: { readonly fromMs: number; readonly toMs: number; readonly reverse?: boolean },
): Iterable<Block> {
  const range = {
    from: blockKey(groupId, Math.max(0, within.fromMs), 0),
    to: blockKey(groupId, within.toMs + 1, 0),
    reverse: within.reverse === true,
  }
  for (const { key, value } of reader.range(range)) yield blockOf(key, value)
}

function blockOf(key: Buffer, value: Buffer): Block {
  return {
    key,
    firstMs: Number(key.readBigUInt64BE(key.length - 16)),
    serial: Number(key.readBigUInt64BE(key.length - 8)),
    isOf: (stream) => {
      const wanted = Buffer.from(`${stream}\0`)
      return value.subarray(0, wanted.length).equals(wanted)
    },
    stream: () => value.toString('utf8', 0, value.indexOf(0)),
    contents: () => JSON.parse(value.toString('utf8', value.indexOf(0) + 1)) as Contents, // written by put
  }
}

/** The time of a group's oldest event. */
export function oldestMs(reader: Reader, groupId: number): number | undefined {
  const prefix = Buffer.concat([blockSpace, number(groupId)])
  for (const { key, value } of reader.range(prefixRange(prefix))) return blockOf(key, value).firstMs
  return undefined
}
