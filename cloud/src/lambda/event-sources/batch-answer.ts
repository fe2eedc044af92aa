import type { InvocationAnswer } from '../ports.ts'

/**
 * How many records of a batch are done with, counted from its first: all of them when the function succeeded.
 *
 * "Configuring partial batch response with DynamoDB and Lambda": the lowest sequence number that the function
 * lists is where it is retried from. An empty, null or missing list is a success; a list that cannot be
 * understood is a failure of the whole batch.
 */
export function recordsDone(
  answer: InvocationAnswer,
  sequenceNumbers: readonly string[],
  reportBatchItemFailures: boolean,
): number {
  if (answer.functionError !== undefined) return 0
  if (!reportBatchItemFailures) return sequenceNumbers.length
  const failures = failureList(answer.payload)
  if (failures === 'invalid') return 0
  let lowest = sequenceNumbers.length
  for (const failure of failures) {
    const at = sequenceNumbers.indexOf(itemIdentifier(failure) ?? '')
    if (at === -1) return 0
    lowest = Math.min(lowest, at)
  }
  return lowest
}

function failureList(payload: string): readonly unknown[] | 'invalid' {
  if (payload.trim() === '') return []
  let answer: unknown
  try {
    answer = JSON.parse(payload)
  } catch {
    return 'invalid'
  }
  if (answer === null) return []
  if (typeof answer !== 'object' || Array.isArray(answer)) return 'invalid'
  const failures: unknown = 'batchItemFailures' in answer ? answer.batchItemFailures : undefined
  if (failures === undefined || failures === null) return []
  return Array.isArray(failures) ? failures : 'invalid'
}

function itemIdentifier(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('itemIdentifier' in failure)) return
  return typeof failure.itemIdentifier === 'string' ? failure.itemIdentifier : undefined
}
