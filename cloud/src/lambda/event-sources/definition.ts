import { AwsError } from '../../kernel/index.ts'
import { checkFilters } from './filter-pattern.ts'
import {
  batchingWindowSecondsMax,
  batchRecordsMax,
  parallelizationFactorMax,
  recordAgeSecondsMax,
  recordAgeSecondsMin,
  retryAttemptsMax,
} from './limits.ts'

/** A mapping of a DynamoDB stream onto a function, complete: defaults are filled in by whoever makes one. */
export type EventSourceDefinition = {
  readonly uuid: string
  /** Name or ARN. */
  readonly functionName: string
  readonly eventSourceArn: string
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP'
  readonly batchSize: number
  readonly maximumBatchingWindowSeconds: number
  readonly parallelizationFactor: number
  /** -1: until the record is too old. */
  readonly maximumRetryAttempts: number
  /** -1: as long as the stream keeps the record. */
  readonly maximumRecordAgeSeconds: number
  readonly bisectBatchOnFunctionError: boolean
  readonly reportBatchItemFailures: boolean
  /** Patterns as JSON text; a record is delivered when any of them matches. None: all are delivered. */
  readonly filters: readonly string[]
  /** The ARN of a queue. */
  readonly onFailureDestination?: string
  readonly enabled: boolean
}

/** CreateEventSourceMapping's defaults for DynamoDB streams ("Lambda parameters for Amazon DynamoDB …"). */
export const eventSourceDefaults = {
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  maximumBatchingWindowSeconds: 0,
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: -1,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: false,
  filters: [],
  enabled: true,
} as const satisfies Partial<EventSourceDefinition>

/**
 * Checks a definition's ranges and filters.
 *
 * @throws AwsError InvalidParameterValueException naming the member
 */
export function checkEventSource(definition: EventSourceDefinition): void {
  if (definition.startingPosition === 'AT_TIMESTAMP') {
    throw invalid('AT_TIMESTAMP is not a valid starting position for DynamoDB streams.')
  }
  within('BatchSize', definition.batchSize, 1, batchRecordsMax)
  within(
    'MaximumBatchingWindowInSeconds',
    definition.maximumBatchingWindowSeconds,
    0,
    batchingWindowSecondsMax,
  )
  within('ParallelizationFactor', definition.parallelizationFactor, 1, parallelizationFactorMax)
  within('MaximumRetryAttempts', definition.maximumRetryAttempts, -1, retryAttemptsMax)
  if (definition.maximumRecordAgeSeconds !== -1) {
    within(
      'MaximumRecordAgeInSeconds',
      definition.maximumRecordAgeSeconds,
      recordAgeSecondsMin,
      recordAgeSecondsMax,
    )
  }
  checkFilters(definition.filters)
}

const invalid = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message)

function within(member: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(`${member} must be a whole number from ${least} to ${most}; it is ${value}.`)
}
