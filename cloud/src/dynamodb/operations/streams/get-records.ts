import { integerOf, JsonText, optional, text } from '../../../kernel/index.ts'
import { readIterator, writeIterator } from '../../engine/streams/iterator.ts'
import { shardNumberOf } from '../../engine/streams/stream.ts'
import { streamBytesPerCallMax, streamRecordsPerCallMax } from '../../limits.ts'
import { invalid, operation } from '../operation.ts'
import { trimmed } from './get-shard-iterator.ts'

export const getRecords = operation('GetRecords', {
  input: {
    ShardIterator: text,
    Limit: optional(integerOf(1, streamRecordsPerCallMax)),
  },
  run({ streams, environment }, input) {
    const nowMs = environment.clock.now()
    const position = readIterator(input.ShardIterator, nowMs)
    const stream = streams.get(position.streamArn)
    const shard = shardNumberOf(stream, position.shardId)
    if (shard === undefined) throw invalid('Invalid ShardIterator')
    if (position.after < stream.trimmed) throw trimmed()
    const records = streams.read(stream, shard, position.after, {
      limit: input.Limit ?? streamRecordsPerCallMax,
      bytesMax: streamBytesPerCallMax,
    })
    // After an empty answer the reader moves up to now, so that a quiet shard's position is not overtaken by trimming.
    const after = records.at(-1)?.sequence ?? Math.max(position.after, streams.lastSequence(stream))
    return {
      Records: records.map((record) => new JsonText(record.text)),
      ...(streams.ended(stream, shard, after)
        ? {}
        : { NextShardIterator: writeIterator({ ...position, after }, nowMs) }),
    }
  },
})
