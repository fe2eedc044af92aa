import { boolean, oneOf, optional, text } from '../../kernel/index.ts'
import { groupArn, groupOf, operation } from '../engine/context.ts'
import {
  describeLimit,
  groupName,
  requireGroup,
  streamName,
  streamsOf,
  type StreamRecord,
} from '../engine/records.ts'
import { readNameToken, writeNameToken } from '../engine/tokens.ts'
import { invalidParameter } from '../errors.ts'
import { describeLimitMax } from '../limits.ts'

export const describeLogStreams = operation('DescribeLogStreams', {
  input: {
    logGroupName: optional(groupName),
    logGroupIdentifier: optional(text),
    logStreamNamePrefix: optional(streamName),
    orderBy: optional(oneOf('LogStreamName', 'LastEventTime')),
    descending: optional(boolean),
    nextToken: optional(text),
    limit: optional(describeLimit),
  },
  async run(context, input) {
    await context.sink.flushed()
    const group = groupOf(input)
    requireGroup(context.store.reader, group)
    const byTime = input.orderBy === 'LastEventTime'
    if (byTime && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
    }
    const streams = [...streamsOf(context.store.reader, group, input.logStreamNamePrefix)]
    if (byTime) streams.sort((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0))
    if (input.descending === true) streams.reverse()
    const start = startOf(streams, input.nextToken)
    const end = start + (input.limit ?? describeLimitMax)
    const last = streams[end - 1]
    return {
      logStreams: streams.slice(start, end).map((stream) => ({
        logStreamName: stream.name,
        creationTime: stream.createdMs,
        firstEventTimestamp: stream.firstMs,
        lastEventTimestamp: stream.lastMs,
        lastIngestionTime: stream.lastIngestedMs,
        uploadSequenceToken: stream.lastIngestedMs?.toString().padStart(56, '4'),
        arn: `${groupArn(context, group)}:log-stream:${stream.name}`,
        storedBytes: 0, // as AWS answers since 2019
      })),
      ...(end < streams.length && last && { nextToken: writeNameToken(last.name) }),
    }
  },
})

/** The place after the stream that the token names. */
function startOf(streams: readonly StreamRecord[], token: string | undefined): number {
  if (token === undefined) return 0
  const name = readNameToken(token)
  const at = streams.findIndex((stream) => stream.name === name)
  if (at === -1) throw invalidParameter('The specified nextToken is invalid.')
  return at + 1
}
