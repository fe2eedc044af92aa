import type { Writer } from '../../storage/index.ts'
import { groupBytesAfterTrim, groupBytesMax } from '../limits.ts'
import { addEvent, removeOldest, storedBytes } from './events.ts'
import {
  groupRecords,
  streamId,
  streamRecords,
  type GroupRecord,
  type StreamRecord,
} from './records.ts'

export type InputEvent = { readonly timestamp: number; readonly message: string }

/**
 * Adds events to a stream that exists, and removes the group's oldest events when it keeps too much.
 *
 * @param serial of the first event; the others follow on it
 */
export function appendEvents(
  writer: Writer,
  group: GroupRecord,
  stream: StreamRecord,
  events: readonly InputEvent[],
  at: { readonly nowMs: number; readonly serial: number },
): void {
  let bytes = group.bytes
  let firstMs = stream.firstMs ?? Infinity
  let lastMs = stream.lastMs ?? 0
  for (const [index, { timestamp, message }] of events.entries()) {
    const place = { timestamp, serial: at.serial + index }
    addEvent(writer, group.id, { ...place, stream: stream.name, ingestedMs: at.nowMs, message })
    bytes += storedBytes(message)
    firstMs = Math.min(firstMs, timestamp)
    lastMs = Math.max(lastMs, timestamp)
  }
  if (bytes > groupBytesMax) {
    const tooMany = { bytes: bytes - groupBytesAfterTrim, eventsMax: Infinity }
    bytes -= removeOldest(writer, group.id, tooMany).bytes
  }
  groupRecords.put(writer, group.name, { ...group, bytes: Math.max(0, bytes) })
  const times = events.length === 0 ? {} : { firstMs, lastMs, lastIngestedMs: at.nowMs }
  streamRecords.put(writer, streamId(group.name, stream.name), { ...stream, ...times })
}
