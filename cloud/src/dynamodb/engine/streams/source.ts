import type { Environment } from '../../../kernel/index.ts'
import { streamBytesPerCallMax } from '../../limits.ts'
import type { Item } from '../values/index.ts'
import type { UserIdentity } from './stored-record.ts'
import { sequenceOf, sequenceText, shardIdOf, shardNumberOf } from './stream.ts'
import type { Streams } from './streams.ts'

/** A stream record as functions get it (AWS Lambda, "Using AWS Lambda with Amazon DynamoDB"). */
export type StreamRecord = {
  readonly eventID: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly eventVersion: string
  readonly eventSource: string
  readonly awsRegion: string
  readonly eventSourceARN: string
  readonly userIdentity?: { readonly type: string; readonly principalId: string }
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number
    readonly Keys: Item
    readonly NewImage?: Item
    readonly OldImage?: Item
    readonly SequenceNumber: string
    readonly SizeBytes: number
    readonly StreamViewType: string
  }
}

export type StreamShard = {
  readonly shardId: string
  readonly parentShardId?: string
  readonly closed: boolean
}

/** The streams for readers inside the process: event-source mappings. */
export type StreamSource = {
  /** Undefined: there is no such stream. */
  readonly shards: (streamArn: string) => StreamShard[] | undefined
  /** Records after a sequence number (undefined: from the oldest kept), oldest first. */
  readonly read: (
    streamArn: string,
    shardId: string,
    options: { readonly after?: string; readonly limit: number },
  ) => { readonly records: StreamRecord[]; readonly ended: boolean }
  /** What a reader that starts now reads after; undefined: nothing was written yet. */
  readonly latest: (streamArn: string, shardId: string) => string | undefined
  /** Calls after each commit that added records, and when the stream is closed. Answers with the way out. */
  readonly subscribe: (streamArn: string, listener: () => void) => () => void
}

export function streamSource(streams: Streams, environment: Environment): StreamSource {
  return {
    shards(streamArn) {
      const stream = streams.find(streamArn)
      if (stream === undefined) return undefined
      return Array.from({ length: stream.shards }, (_, shard) => ({
        shardId: shardIdOf(stream, shard),
        closed: stream.closed !== undefined,
      }))
    },
    read(streamArn, shardId, { after, limit }) {
      const stream = streams.find(streamArn)
      const shard = stream === undefined ? undefined : shardNumberOf(stream, shardId)
      if (stream === undefined || shard === undefined) return { records: [], ended: true }
      const start = (after === undefined ? undefined : sequenceOf(after)) ?? 0
      const found = streams.read(stream, shard, start, { limit, bytesMax: streamBytesPerCallMax })
      return {
        records: found.map(({ text }) => functionRecord(text, streamArn)),
        ended: streams.ended(stream, shard, found.at(-1)?.sequence ?? start),
      }
    },
    latest(streamArn, shardId) {
      const stream = streams.find(streamArn)
      if (stream === undefined || shardNumberOf(stream, shardId) === undefined) return undefined
      const last = streams.lastSequence(stream)
      return last < stream.first ? undefined : sequenceText(last)
    },
    subscribe: (streamArn, listener) =>
      streams.subscribe(streamArn, () => {
        try {
          listener()
        } catch (cause) {
          environment.report({
            level: 'error',
            part: 'dynamodb',
            message: `A reader of ${streamArn} failed`,
            cause,
          })
        }
      }),
  }
}

/** Functions see the record of GetRecords, with the stream's ARN, and the identity's members in lower case. */
function functionRecord(text: string, streamArn: string): StreamRecord {
  // Written by storedRecord: it has this shape.
  const { userIdentity, ...record } = JSON.parse(text) as Omit<
    StreamRecord,
    'userIdentity' | 'eventSourceARN'
  > & { readonly userIdentity?: UserIdentity }
  return {
    ...record,
    ...(userIdentity === undefined
      ? {}
      : { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
    eventSourceARN: streamArn,
  }
}
