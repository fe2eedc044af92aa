import type { Writer } from '../../storage/index.ts'
import { groupBytesAfterTrim, groupBytesMax } from '../limits.ts'
import { addBlocks } from './blocks.ts'
import { removeOldest } from './events.ts'
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
  const ordered = events
    .map(({ timestamp, message }) => [timestamp, message] as const)
    .sort(([a], [b]) => a - b)
  const place = { ingestedMs: at.nowMs, serial: at.serial }
  let bytes = group.bytes + addBlocks(writer, group.id, stream.name, ordered, place)
  if (bytes > groupBytesMax) {
    const tooMany = { bytes: bytes - groupBytesAfterTrim, eventsMax: Infinity }
    bytes -= removeOldest(writer, group.id, tooMany).bytes
  }
  groupRecords.put(writer, group.name, { ...group, bytes: Math.max(0, bytes) })
  const [first, last] = [ordered[0], ordered.at(-1)]
  const times = first &&
    last && {
      firstMs: Math.min(stream.firstMs ?? Infinity, first[0]),
      lastMs: Math.max(stream.lastMs ?? 0, last[0]),
      lastIngestedMs: at.nowMs,
    }
  streamRecords.put(writer, streamId(group.name, stream.name), { ...stream, ...times })
}
