import { boolean, integerOf, list, optional, text, textOf } from '../../kernel/index.ts'
import { storedBytes } from '../engine/blocks.ts'
import { groupOf, operation } from '../engine/context.ts'
import { positionAfterAll, scanEvents, type LogEvent } from '../engine/events.ts'
import { groupName, requireGroup, streamName } from '../engine/records.ts'
import { after, readPosition, writePosition } from '../engine/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { compilePattern } from '../filter/compile-pattern.ts'
import { answerBytesMax, eventsLimitMax, scanEventsMax } from '../limits.ts'

/** Events of a group by time. An answer with a token may hold few events or none: the search goes on with it. */
export const filterLogEvents = operation('FilterLogEvents', {
  input: {
    logGroupName: optional(groupName),
    logGroupIdentifier: optional(text),
    logStreamNames: optional(list(streamName, { min: 1, max: 100 })),
    logStreamNamePrefix: optional(streamName),
    startTime: optional(integerOf(0)),
    endTime: optional(integerOf(0)),
    filterPattern: optional(textOf({ max: 1024 })),
    nextToken: optional(text),
    limit: optional(integerOf(1, eventsLimitMax)),
    interleaved: optional(boolean),
    unmask: optional(boolean),
  },
  async run(context, input) {
    if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.')
    }
    const matches = compilePattern(input.filterPattern)
    await context.sink.flushed()
    const group = requireGroup(context.store.reader, groupOf(input))
    const names = input.logStreamNames && new Set(input.logStreamNames)
    const prefix = input.logStreamNamePrefix ?? ''
    const wanted = (event: LogEvent): boolean =>
      (names?.has(event.stream) ?? event.stream.startsWith(prefix)) &&
      (matches?.(event.message) ?? true)
    const scan = scanEvents(context.store.reader, group.id, {
      from:
        input.nextToken === undefined
          ? { timestamp: input.startTime ?? 0, serial: 0 }
          : after(readPosition(input.nextToken)),
      to:
        input.endTime === undefined
          ? positionAfterAll
          : { timestamp: input.endTime + 1, serial: 0 }, // unlike GetLogEvents, to its end
    })
    const { events, nextToken } = search(scan, wanted, input.limit ?? eventsLimitMax)
    return { events: events.map(shown), searchedLogStreams: [], nextToken }
  },
})

function search(
  scan: ReturnType<typeof scanEvents>,
  wanted: (event: LogEvent) => boolean,
  limit: number,
): { events: LogEvent[]; nextToken: string | undefined } {
  const events: LogEvent[] = []
  let bytes = 0
  let scanned = 0
  let passed: string | undefined
  for (const { at, event } of scan) {
    if (events.length >= limit || scanned >= scanEventsMax || bytes >= answerBytesMax) {
      return { events, nextToken: passed }
    }
    if (event !== undefined && wanted(event)) {
      events.push(event)
      bytes += storedBytes(event.message)
    }
    scanned++
    passed = writePosition(at)
  }
  return { events, nextToken: undefined }
}

const shown = (event: LogEvent): object => ({
  logStreamName: event.stream,
  timestamp: event.timestamp,
  message: event.message,
  ingestionTime: event.ingestedMs,
  eventId: writePosition(event),
})
