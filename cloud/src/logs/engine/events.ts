import { keySpace, prefixRange, type Reader, type Writer } from '../../storage/index.ts'
import { eventOverheadBytes } from '../limits.ts'

/*
 * Key (numbers are 8 bytes, big-endian, so that byte order is order by time, then by ingestion):
 *
 *     logs/events\0 <group id> <timestamp> <serial>   → <stream name> \0 <ingested ms> <message>
 *
 * The stream's name stands first in the value: a search for one stream passes over others' events unread.
 */
const eventSpace = keySpace('logs/events')

/** Where an event stands in its group. */
export type Position = { readonly timestamp: number; readonly serial: number }

export type LogEvent = Position & {
  readonly stream: string
  readonly ingestedMs: number
  readonly message: string
}

export const positionBeforeAll: Position = { timestamp: 0, serial: 0 }
export const positionAfterAll: Position = {
  timestamp: Number.MAX_SAFE_INTEGER,
  serial: Number.MAX_SAFE_INTEGER,
}

/** Fractions are cut off, as AWS does; what no time can be counts as the end of time. */
function number(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(Math.min(Number.MAX_SAFE_INTEGER, Math.floor(value))))
  return bytes
}

const eventKey = (groupId: number, at: Position): Buffer =>
  Buffer.concat([eventSpace, number(groupId), number(at.timestamp), number(at.serial)])

export const storedBytes = (message: string): number =>
  Buffer.byteLength(message) + eventOverheadBytes

/** Adds an event; its serial is moved on if it is taken. */
export function addEvent(writer: Writer, groupId: number, event: LogEvent): void {
  let { serial } = event
  while (writer.get(eventKey(groupId, { timestamp: event.timestamp, serial })) !== undefined) {
    serial++
  }
  const value = Buffer.concat([
    Buffer.from(`${event.stream}\0`),
    number(event.ingestedMs),
    Buffer.from(event.message),
  ])
  writer.put(eventKey(groupId, { timestamp: event.timestamp, serial }), value)
}

export type Scan = {
  /** Events at or after this position … */
  readonly from: Position
  /** … and before this one. */
  readonly to: Position
  readonly reverse?: boolean
  /** Only this stream's events are read; the others are counted all the same. */
  readonly stream?: string
}

/** Events in order; `undefined` for each that was passed over. */
export function* scanEvents(
  reader: Reader,
  groupId: number,
  scan: Scan,
): Iterable<{ readonly at: Position; readonly event: LogEvent | undefined }> {
  const wanted = scan.stream === undefined ? undefined : Buffer.from(`${scan.stream}\0`)
  const range = { from: eventKey(groupId, scan.from), to: eventKey(groupId, scan.to) }
  for (const { key, value } of reader.range({ ...range, reverse: scan.reverse === true })) {
    const at = positionOf(key)
    const other = wanted !== undefined && !value.subarray(0, wanted.length).equals(wanted)
    yield { at, event: other ? undefined : parse(at, value) }
  }
}

const positionOf = (key: Buffer): Position => ({
  timestamp: Number(key.readBigUInt64BE(key.length - 16)),
  serial: Number(key.readBigUInt64BE(key.length - 8)),
})

function parse(at: Position, value: Buffer): LogEvent {
  const end = value.indexOf(0)
  return {
    ...at,
    stream: value.toString('utf8', 0, end),
    ingestedMs: Number(value.readBigUInt64BE(end + 1)),
    message: value.toString('utf8', end + 9),
  }
}

/**
 * Removes a group's oldest events: those before `beforeMs`, or as many as `bytes` need.
 *
 * @returns the bytes that were removed, and whether the limit of events was reached
 */
export function removeOldest(
  writer: Writer,
  groupId: number,
  until: { readonly beforeMs?: number; readonly bytes?: number; readonly eventsMax: number },
): { readonly bytes: number; readonly more: boolean } {
  const to = { timestamp: until.beforeMs ?? Number.MAX_SAFE_INTEGER, serial: 0 }
  const keys: Buffer[] = []
  let bytes = 0
  let more = false
  const range = { from: eventKey(groupId, positionBeforeAll), to: eventKey(groupId, to) }
  for (const { key, value } of writer.range(range)) {
    if (until.bytes !== undefined && bytes >= until.bytes) break
    more = keys.length >= until.eventsMax
    if (more) break
    keys.push(key)
    bytes += value.length - value.indexOf(0) - 9 + eventOverheadBytes
  }
  for (const key of keys) writer.remove(key)
  return { bytes, more }
}

/** Removes the events of one stream. Returns their bytes. */
export function removeStreamEvents(writer: Writer, groupId: number, stream: string): number {
  const found: LogEvent[] = []
  const all = { from: positionBeforeAll, to: positionAfterAll, stream }
  for (const { event } of scanEvents(writer, groupId, all))
    if (event !== undefined) found.push(event)
  for (const event of found) writer.remove(eventKey(groupId, event))
  return found.reduce((sum, event) => sum + storedBytes(event.message), 0)
}

/** The time of a group's oldest event. */
export function oldestMs(reader: Reader, groupId: number): number | undefined {
  const prefix = Buffer.concat([eventSpace, number(groupId)])
  for (const { key } of reader.range(prefixRange(prefix))) return positionOf(key).timestamp
  return undefined
}
