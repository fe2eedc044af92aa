import { JsonText, writeJson } from '../../kernel/index.ts'
import type { Outcome } from '../environments/invocation.ts'

export type FailureCondition = 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency'

export type FailureRecord = {
  readonly timestampMs: number
  readonly requestId: string
  readonly functionArn: string
  readonly condition: FailureCondition
  readonly attempts: number
  /** JSON text. */
  readonly payload: string
  readonly outcome?: Outcome
}

/**
 * What an on-failure destination gets, as JSON text ("Capturing records of Lambda asynchronous invocations").
 */
export function failureRecord(record: FailureRecord): string {
  const { outcome } = record
  return writeJson({
    version: '1.0',
    timestamp: new Date(record.timestampMs).toISOString(),
    requestContext: {
      requestId: record.requestId,
      functionArn: `${record.functionArn}:$LATEST`,
      condition: record.condition,
      approximateInvokeCount: record.attempts,
    },
    requestPayload: new JsonText(record.payload),
    responseContext:
      outcome === undefined
        ? undefined
        : { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: outcome === undefined ? undefined : new JsonText(outcome.payload),
  }).toString()
}
