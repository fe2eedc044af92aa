/**
 * What lambda needs of its neighbours, in its own words. The composition root joins them: the parts that
 * implement these ports never import this file, they have the same structure.
 */

/** Reads change streams. Implemented by the DynamoDB part. */
export type StreamSource = {
  /** The stream's shards, or undefined when there is no such stream. */
  readonly shards: (streamArn: string) => readonly StreamShard[] | undefined
  /** Records after a position, oldest first. `after` undefined means from the oldest record that is kept. */
  readonly read: (
    streamArn: string,
    shardId: string,
    options: { readonly after?: string; readonly limit: number },
  ) => StreamPage
  /** The sequence number of the last record written to the shard, undefined when it never had one. */
  readonly latest: (streamArn: string, shardId: string) => string | undefined
  /** Calls `listener` after each commit that added records; the returned function ends that. */
  readonly subscribe: (streamArn: string, listener: () => void) => () => void
}

export type StreamShard = {
  readonly shardId: string
  readonly parentShardId?: string
  readonly closed: boolean
}

export type StreamPage = {
  readonly records: readonly StreamRecord[]
  /** The shard is closed and has been read to its end. */
  readonly ended: boolean
}

/** A record as DynamoDB Streams' GetRecords returns it and as a function receives it. */
export type StreamRecord = {
  readonly eventID: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly eventVersion: string
  /** `aws:dynamodb` */
  readonly eventSource: string
  readonly awsRegion: string
  readonly eventSourceARN?: string
  /** Present when time to live removed the item. */
  readonly userIdentity?: unknown
  readonly dynamodb: StreamRecordBody
}

export type StreamRecordBody = {
  /** Seconds since the epoch. */
  readonly ApproximateCreationDateTime: number
  /** Items in wire form: objects, or JsonText of such an object. */
  readonly Keys: unknown
  readonly NewImage?: unknown
  readonly OldImage?: unknown
  /** Decimal digits; sequence numbers of a shard compare as numbers. */
  readonly SequenceNumber: string
  readonly SizeBytes: number
  readonly StreamViewType: string
}

/** Small durable texts by id: how far each shard of each event-source mapping has got. */
export type CheckpointStore = {
  readonly get: (id: string) => string | undefined
  /** Resolves once the value survives a kill of the process. */
  readonly put: (id: string, value: string) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

/** Delivers a body to an on-failure destination: for an SQS queue's ARN, a SendMessage. */
export type SendToDestination = (destinationArn: string, body: string) => Promise<void>

/** Takes a function's output. Returns at once and never throws. */
export type LogSink = {
  readonly write: (
    logGroup: string,
    logStream: string,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ) => void
}

/**
 * Invokes a function and waits for its answer.
 *
 * A function that fails or times out is an answer, not an exception: `functionError` is set and the payload is
 * `{"errorMessage": …, "errorType": …, "trace": …}`.
 *
 * @throws AwsError ResourceNotFoundException (404); TooManyRequestsException (429)
 */
export type InvokeFunction = (
  functionNameOrArn: string,
  /** JSON text. */
  payload: string,
) => Promise<InvocationAnswer>

export type InvocationAnswer = {
  /** JSON text. */
  readonly payload: string
  readonly functionError?: 'Handled' | 'Unhandled'
  readonly requestId: string
}
