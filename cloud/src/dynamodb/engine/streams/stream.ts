import { documents } from '../../../storage/index.ts'
import type { KeySchemaElement, StreamViewType } from '../tables/definition.ts'

/**
 * A stream, kept as a document under its ARN for as long as it can be read: a disabled stream, and that of a
 * deleted table, until its last record is trimmed.
 */
export type StreamDocument = {
  readonly id: number
  readonly arn: string
  readonly tableName: string
  /** The table's number, for its sequence counter. */
  readonly tableNumber: number
  readonly label: string
  readonly createdMs: number
  readonly viewType: StreamViewType
  readonly key: readonly KeySchemaElement[]
  readonly shards: number
  /** The first sequence that it can hold. */
  readonly first: number
  /** The last sequence that was trimmed, 0 before that. */
  readonly trimmed: number
  /** Set when the stream is disabled: no more records come. */
  readonly closed?: { readonly atMs: number; readonly last: number }
}

export const streamDocuments = documents<StreamDocument>('dynamodb/streams')

/** Sequence numbers are 21 digits, so that they compare as text and as numbers alike. */
export const sequenceText = (sequence: number): string => `1${String(sequence).padStart(20, '0')}`

/** The sequence that a sequence number stands for, or undefined when it is none of ours. */
export function sequenceOf(text: string): number | undefined {
  if (!/^1\d{20}$/.test(text)) return undefined
  const sequence = Number(text.slice(1))
  return Number.isSafeInteger(sequence) ? sequence : undefined
}

/** `shardId-<20 digits>-<8 hex digits>`, as AWS's look: the stream's creation and the shard's number. */
export const shardIdOf = (stream: StreamDocument, shard: number): string =>
  `shardId-${String(stream.createdMs).padStart(20, '0')}-${shard.toString(16).padStart(8, '0')}`

/** The number of a stream's shard, or undefined when it has none of this id. */
export function shardNumberOf(stream: StreamDocument, shardId: string): number | undefined {
  const shard = Number.parseInt(shardId.slice(-8), 16)
  return shard < stream.shards && shardIdOf(stream, shard) === shardId ? shard : undefined
}
