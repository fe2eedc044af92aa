import type { Reader, Writer } from '../../storage/index.ts'
import { blockSpanMs } from '../limits.ts'
import { blocksOf, type Block } from './blocks.ts'

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

export const comparePositions = (a: Position, b: Position): number =>
  a.timestamp - b.timestamp || a.serial - b.serial

export type Scan = {
  /** Events at or after this position … */
  readonly from: Position
  /** … and before this one. */
  readonly to: Position
  readonly reverse?: boolean
  /** Only this stream's events are read. */
  readonly stream?: string
}

/** How far a scan has come: to an event, or past a block of other streams that it did not read. */
export type Step = { readonly at: Position; readonly event: LogEvent | undefined }

/**
 * Events in order. Blocks come in order of their first events and overlap: events are held back until no block that
 * follows can hold an earlier one (a later one, in reverse).
 */
export function* scanEvents(reader: Reader, groupId: number, scan: Scan): Iterable<Step> {
  const { from, to, stream, reverse = false } = scan
  const compare = (a: Position, b: Position): number => comparePositions(a, b) * (reverse ? -1 : 1)
  let held: LogEvent[] = []
  const within = { fromMs: from.timestamp - blockSpanMs, toMs: to.timestamp, reverse }
  for (const block of blocksOf(reader, groupId, within)) {
    const frontier = frontierOf(block, reverse)
    const waiting = held.findIndex((event) => compare(event, frontier) >= 0)
    const due = held.splice(0, waiting === -1 ? held.length : waiting)
    for (const event of due) yield { at: event, event }
    if (stream !== undefined && !block.isOf(stream)) {
      if (compare(frontier, reverse ? to : from) > 0) yield { at: frontier, event: undefined }
      continue
    }
    const inside = eventsOf(block).filter(
      (event) => comparePositions(event, from) >= 0 && comparePositions(event, to) < 0,
    )
    held = [...held, ...inside].sort(compare)
  }
  for (const event of held) yield { at: event, event }
}

/** What a scan has passed when it comes to this block: everything before (in reverse, after) is known. */
const frontierOf = (block: Block, reverse: boolean): Position =>
  reverse
    ? { timestamp: block.firstMs + blockSpanMs + 1, serial: 0 }
    : { timestamp: block.firstMs, serial: 0 }

function eventsOf(block: Block): LogEvent[] {
  const stream = block.stream()
  const { ingestedMs, events } = block.contents()
  return events.map(([timestamp, message], place) => ({
    timestamp,
    serial: block.serial + place,
    stream,
    ingestedMs,
    message,
  }))
}

/**
 * Removes a group's oldest blocks: those that end before `beforeMs`, or as many as `bytes` need.
 *
 * @returns the bytes that were removed, and whether the limit of events was reached
 */
export function removeOldest(
  writer: Writer,
  groupId: number,
  until: { readonly beforeMs?: number; readonly bytes?: number; readonly eventsMax: number },
): { readonly bytes: number; readonly more: boolean } {
  const beforeMs = until.beforeMs ?? Number.MAX_SAFE_INTEGER
  const doomed: Buffer[] = []
  let removed = { bytes: 0, events: 0 }
  let more = false
  for (const block of blocksOf(writer, groupId, { fromMs: 0, toMs: beforeMs - 1 })) {
    if (until.bytes !== undefined && removed.bytes >= until.bytes) break
    more = removed.events >= until.eventsMax
    if (more) break
    const { lastMs, bytes, events } = block.contents()
    if (lastMs >= beforeMs) continue
    doomed.push(block.key)
    removed = { bytes: removed.bytes + bytes, events: removed.events + events.length }
  }
  for (const key of doomed) writer.remove(key)
  return { bytes: removed.bytes, more }
}

/** Removes the events of one stream. Returns their bytes. */
export function removeStreamEvents(writer: Writer, groupId: number, stream: string): number {
  const all = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER - 1 }
  const doomed = [...blocksOf(writer, groupId, all)].filter((block) => block.isOf(stream))
  for (const { key } of doomed) writer.remove(key)
  return doomed.reduce((sum, block) => sum + block.contents().bytes, 0)
}
