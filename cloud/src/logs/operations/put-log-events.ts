import { document, integerOf, list, optional, structure, text, textOf } from '../../kernel/index.ts'
import { appendEvents, type InputEvent } from '../engine/append.ts'
import { storedBytes } from '../engine/blocks.ts'
import { operation } from '../engine/context.ts'
import { groupName, requireGroup, requireStream, streamName } from '../engine/records.ts'
import {
  batchBytesMax,
  batchEventsMax,
  batchSpanMsMax,
  eventAgeMsMax,
  eventAheadMsMax,
} from '../limits.ts'

const dayMs = 24 * 60 * 60 * 1000

export const putLogEvents = operation('PutLogEvents', {
  input: {
    logGroupName: groupName,
    logStreamName: streamName,
    logEvents: list(structure({ timestamp: integerOf(0), message: textOf({ min: 1 }) }), {
      min: 1,
      max: batchEventsMax,
    }),
    sequenceToken: optional(text),
    entity: optional(document),
  },
  check: (input) => problemOf(input.logEvents),
  async run(context, input) {
    const { logGroupName, logStreamName, logEvents } = input
    const nowMs = context.environment.clock.now()
    const serial = context.serials.take(logEvents.length)
    const { rejected, accepted } = await context.store.write((writer) => {
      const group = requireGroup(writer, logGroupName)
      const stream = requireStream(writer, logGroupName, logStreamName)
      const found = judge(logEvents, nowMs, group.retentionDays)
      appendEvents(writer, group, stream, found.accepted, { nowMs, serial })
      return found
    })
    context.written(logGroupName, logStreamName, accepted)
    return {
      nextSequenceToken: String(serial).padStart(56, '4'),
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    }
  },
})

function problemOf(events: readonly InputEvent[]): string | undefined {
  const bytes = events.reduce((sum, event) => sum + storedBytes(event.message), 0)
  if (bytes > batchBytesMax) {
    return `Upload too large: ${bytes} bytes exceeds limit of ${batchBytesMax}`
  }
  const ordered = events.every(
    (event, index) => index === 0 || event.timestamp >= (events[index - 1]?.timestamp ?? 0),
  )
  if (!ordered) {
    return 'Log events in a single PutLogEvents request must be in chronological order.'
  }
  const spanMs = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0)
  if (spanMs <= batchSpanMsMax) return undefined
  return 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.'
}

type Rejected = {
  tooNewLogEventStartIndex?: number
  tooOldLogEventEndIndex?: number
  expiredLogEventEndIndex?: number
}

/** Which of the events, which are in order, are taken; the others are told by their indexes. */
function judge(
  events: readonly InputEvent[],
  nowMs: number,
  retention: number | undefined,
): { accepted: readonly InputEvent[]; rejected: Rejected } {
  const firstSince = (fromMs: number): number => {
    const index = events.findIndex((event) => event.timestamp >= fromMs)
    return index === -1 ? events.length : index
  }
  const old = firstSince(nowMs - eventAgeMsMax)
  const expired = retention === undefined ? 0 : firstSince(nowMs - retention * dayMs)
  const ahead = firstSince(nowMs + eventAheadMsMax + 1)
  return {
    accepted: events.slice(Math.max(old, expired), ahead),
    rejected: {
      ...(ahead < events.length && { tooNewLogEventStartIndex: ahead }),
      ...(old > 0 && { tooOldLogEventEndIndex: old }),
      ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    },
  }
}
