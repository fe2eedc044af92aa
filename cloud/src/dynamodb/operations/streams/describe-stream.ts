import { integerOf, oneOf, optional, structure, text } from '../../../kernel/index.ts'
import { sequenceText, shardIdOf, type StreamDocument } from '../../engine/streams/stream.ts'
import { streamPageMax } from '../../limits.ts'
import { operation } from '../operation.ts'

export const describeStream = operation('DescribeStream', {
  input: {
    StreamArn: text,
    Limit: optional(integerOf(1, streamPageMax)),
    ExclusiveStartShardId: optional(text),
    ShardFilter: optional(
      structure({ Type: optional(oneOf('CHILD_SHARDS')), ShardId: optional(text) }),
    ),
  },
  run({ streams }, input) {
    const { Limit: limit = streamPageMax, ExclusiveStartShardId: after } = input
    const stream = streams.get(input.StreamArn)
    // Shards do not split here, so none has children.
    const all = input.ShardFilter?.Type === 'CHILD_SHARDS' ? [] : shardsOf(stream)
    const rest = after === undefined ? all : all.filter((shard) => shard.ShardId > after)
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: stream.closed === undefined ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.viewType,
        CreationRequestDateTime: stream.createdMs / 1000,
        TableName: stream.tableName,
        KeySchema: stream.key,
        Shards: page,
        ...(rest.length > page.length && last !== undefined
          ? { LastEvaluatedShardId: last.ShardId }
          : {}),
      },
    }
  },
})

const shardsOf = (stream: StreamDocument) =>
  Array.from({ length: stream.shards }, (_, shard) => ({
    ShardId: shardIdOf(stream, shard),
    SequenceNumberRange: {
      StartingSequenceNumber: sequenceText(stream.first),
      ...(stream.closed === undefined
        ? {}
        : { EndingSequenceNumber: sequenceText(Math.max(stream.closed.last, stream.first)) }),
    },
  }))
