import { AwsError, oneOf, optional, text } from '../../../kernel/index.ts'
import { writeIterator } from '../../engine/streams/iterator.ts'
import { sequenceOf, shardNumberOf, type StreamDocument } from '../../engine/streams/stream.ts'
import { invalid, operation } from '../operation.ts'

export const getShardIterator = operation('GetShardIterator', {
  input: {
    StreamArn: text,
    ShardId: text,
    ShardIteratorType: oneOf(
      'TRIM_HORIZON',
      'LATEST',
      'AT_SEQUENCE_NUMBER',
      'AFTER_SEQUENCE_NUMBER',
    ),
    SequenceNumber: optional(text),
  },
  run({ streams, environment }, input) {
    const { ShardIteratorType: type, SequenceNumber: number, ShardId: shardId } = input
    const bySequence = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER'
    if (bySequence && number === undefined) {
      throw invalid(`SequenceNumber is required for the ShardIteratorType ${type}`)
    }
    if (!bySequence && number !== undefined) {
      throw invalid(`SequenceNumber must not be given for the ShardIteratorType ${type}`)
    }
    const stream = streams.get(input.StreamArn)
    if (shardNumberOf(stream, shardId) === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Shard: ${shardId} in Stream: ${stream.arn} not found`,
      )
    }
    const after =
      type === 'TRIM_HORIZON'
        ? stream.trimmed
        : type === 'LATEST'
          ? streams.lastSequence(stream)
          : positionOf(stream, number ?? '', type === 'AT_SEQUENCE_NUMBER')
    const nowMs = environment.clock.now()
    return { ShardIterator: writeIterator({ streamArn: stream.arn, shardId, after }, nowMs) }
  },
})

function positionOf(stream: StreamDocument, number: string, at: boolean): number {
  const sequence = sequenceOf(number)
  if (sequence === undefined) throw invalid(`Invalid SequenceNumber: ${number}`)
  const after = at ? sequence - 1 : sequence
  if (after < stream.trimmed) throw trimmed()
  return after
}

/** Said of a position whose records are no longer kept. */
export const trimmed = (): AwsError =>
  new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
  )
