import type { EventSourceDefinition } from './definition.ts'
import { backOffFirstMs, backOffLongestMs } from './limits.ts'

/** Records that are delivered together, and what was tried with them so far. */
export type Chunk<R> = {
  readonly records: readonly R[]
  /** Failed deliveries that count against maximumRetryAttempts. */
  readonly failures: number
  /** Failures since there was any progress: what the back-off grows with. */
  readonly waits: number
  /** All deliveries, for the on-failure record. */
  readonly invocations: number
}

export type Plan<R> = {
  /** What to deliver next, in order. */
  readonly next: readonly Chunk<R>[]
  /** What is given up. */
  readonly discard: readonly R[]
  /** How long to wait before the first of `next`. */
  readonly waitMs: number
}

type Rules = Pick<EventSourceDefinition, 'maximumRetryAttempts' | 'bisectBatchOnFunctionError'>

export const wholeChunk = <R>(records: readonly R[]): Chunk<R> => ({
  records,
  failures: 0,
  waits: 0,
  invocations: 0,
})

/**
 * What to do after a delivery of `chunk` of which the first `done` records succeeded and the others did not.
 *
 * "Using AWS Lambda with Amazon DynamoDB": bisecting does not consume the retry quota; with a partial batch
 * response the batch is cut at the reported record. Retries are counted a record: progress begins a new count.
 */
export function planRetry<R>(chunk: Chunk<R>, done: number, rules: Rules): Plan<R> {
  const records = chunk.records.slice(done)
  const invocations = chunk.invocations + 1
  if (rules.bisectBatchOnFunctionError && (done > 0 || records.length > 1)) {
    const whole = { records, failures: 0, waits: 0, invocations }
    return { next: done > 0 ? [whole] : halves(whole), discard: [], waitMs: 0 }
  }
  const failures = done > 0 ? 1 : chunk.failures + 1
  if (rules.maximumRetryAttempts >= 0 && failures > rules.maximumRetryAttempts) {
    return { next: [], discard: records, waitMs: 0 }
  }
  const waits = done > 0 ? 1 : chunk.waits + 1
  return {
    next: [{ records, failures, waits, invocations }],
    discard: [],
    waitMs: backOffMs(waits),
  }
}

function halves<R>(chunk: Chunk<R>): Chunk<R>[] {
  const middle = Math.ceil(chunk.records.length / 2)
  return [
    { ...chunk, records: chunk.records.slice(0, middle) },
    { ...chunk, records: chunk.records.slice(middle) },
  ]
}

/** The wait after the `failures`-th failure in a row (1 or more). */
export const backOffMs = (failures: number): number =>
  Math.min(backOffLongestMs, backOffFirstMs * 2 ** Math.min(30, Math.max(0, failures - 1)))
