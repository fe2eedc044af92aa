import type { EventSourceDefinition } from './definition.ts'
import type { InvocationAnswer } from '../ports.ts'

export type GivenUp = {
  readonly condition: 'RetryAttemptsExhausted' | 'MaximumRecordAgeExceeded'
  readonly requestId: string
  readonly functionArn: string
  readonly invocations: number
  /** The last answer; none when the function could not be invoked at all. */
  readonly answer?: InvocationAnswer
  readonly nowMs: number
  readonly shardId: string
  readonly records: readonly { readonly sequenceNumber: string; readonly createdMs: number }[]
}

/**
 * The body sent to an on-failure destination ("Retain discarded records for a DynamoDB event source in
 * Lambda"): where the records stand in the stream, not the records themselves.
 */
export function failureRecord(definition: EventSourceDefinition, given: GivenUp): string {
  const first = given.records.at(0)
  const last = given.records.at(-1)
  return JSON.stringify({
    requestContext: {
      requestId: given.requestId,
      functionArn: given.functionArn,
      condition: given.condition,
      approximateInvokeCount: given.invocations,
    },
    ...(given.answer === undefined ? {} : { responseContext: responseContext(given.answer) }),
    version: '1.0',
    timestamp: new Date(given.nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: given.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: wholeSeconds(first?.createdMs ?? given.nowMs),
      approximateArrivalOfLastRecord: wholeSeconds(last?.createdMs ?? given.nowMs),
      batchSize: given.records.length,
      streamArn: definition.eventSourceArn,
    },
  })
}

const responseContext = (answer: InvocationAnswer): object => ({
  statusCode: 200,
  executedVersion: '$LATEST',
  ...(answer.functionError === undefined ? {} : { functionError: answer.functionError }),
})

/** As AWS writes arrival times here: `2025-06-05T18:21:49Z`. */
const wholeSeconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
