import { boolean, integerOf, optional, text } from '../../kernel/index.ts'
import { storedBytes } from '../engine/blocks.ts'
import { groupOf, operation } from '../engine/context.ts'
import {
  comparePositions,
  positionAfterAll,
  positionBeforeAll,
  scanEvents,
  type LogEvent,
  type Position,
} from '../engine/events.ts'
import { groupName, requireGroup, requireStream, streamName } from '../engine/records.ts'
import { after, readPosition, writePosition } from '../engine/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { answerBytesMax, eventsLimitMax, scanEventsMax } from '../limits.ts'

/** The newest events, or those after (`f/…`) or before (`b/…`) a token; always oldest first. */
export const getLogEvents = operation('GetLogEvents', {
  input: {
    logGroupName: optional(groupName),
    logGroupIdentifier: optional(text),
    logStreamName: streamName,
    startTime: optional(integerOf(0)),
    endTime: optional(integerOf(0)),
    nextToken: optional(text),
    limit: optional(integerOf(1, eventsLimitMax)),
    startFromHead: optional(boolean),
    unmask: optional(boolean),
  },
  async run(context, input) {
    await context.sink.flushed()
    const { reader } = context.store
    const group = requireGroup(reader, groupOf(input))
    requireStream(reader, group.name, input.logStreamName)
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken)
    const forward = token === undefined ? input.startFromHead === true : token.forward
    const from = { timestamp: input.startTime ?? 0, serial: 0 }
    const to =
      input.endTime === undefined ? positionAfterAll : { timestamp: input.endTime, serial: 0 }
    const page = readPage(
      scanEvents(reader, group.id, {
        from: token?.forward === true ? later(after(token.position), from) : from,
        to: token?.forward === false ? earlier(token.position, to) : to,
        reverse: !forward,
        stream: input.logStreamName,
      }),
      input.limit ?? eventsLimitMax,
    )
    const events = forward ? page.events : page.events.toReversed()
    const passed = token?.position
    const end = page.last ?? passed ?? positionBeforeAll
    const start = page.events[0] ?? end
    return {
      events: events.map(({ timestamp, message, ingestedMs }) => ({
        timestamp,
        message,
        ingestionTime: ingestedMs,
      })),
      nextForwardToken: `f/${writePosition(forward ? end : start)}`,
      nextBackwardToken: `b/${writePosition(forward ? start : end)}`,
    }
  },
})

/** `last`: how far the scan came, be it without finding anything. */
type Page = { events: LogEvent[]; last: Position | undefined }

function readPage(scan: ReturnType<typeof scanEvents>, limit: number): Page {
  const events: LogEvent[] = []
  let bytes = 0
  let scanned = 0
  let last: Position | undefined
  for (const { at, event } of scan) {
    const size = event === undefined ? 0 : storedBytes(event.message)
    if (events.length >= limit || scanned >= scanEventsMax) break
    if (events.length > 0 && bytes + size > answerBytesMax) break
    last = at
    bytes += size
    scanned++
    if (event !== undefined) events.push(event)
  }
  return { events, last }
}

function readToken(token: string): { forward: boolean; position: Position } {
  const direction = token.slice(0, 2)
  if (direction !== 'f/' && direction !== 'b/') {
    throw invalidParameter('The specified nextToken is invalid.')
  }
  return { forward: direction === 'f/', position: readPosition(token.slice(2)) }
}

const later = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? b : a)
const earlier = (a: Position, b: Position): Position => (comparePositions(a, b) < 0 ? a : b)
