import type { Operation } from '../../../kernel/index.ts'
import type { Context } from '../operation.ts'
import { describeStream } from './describe-stream.ts'
import { getRecords } from './get-records.ts'
import { getShardIterator } from './get-shard-iterator.ts'
import { listStreams } from './list-streams.ts'

/** Every operation of DynamoDB Streams. */
export const streamOperations: readonly Operation<Context>[] = [
  describeStream,
  getRecords,
  getShardIterator,
  listStreams,
]
