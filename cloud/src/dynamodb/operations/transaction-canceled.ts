import { AwsError, type JsonText } from '../../kernel/index.ts'
import type { Table } from '../engine/tables/table.ts'
import { Throttled, type Throttle } from '../engine/throttle.ts'

/** Why an action of a transaction stood in its way, in the order of the request; "None" where it did not. */
export type CancellationReason = {
  readonly Code: string
  readonly Message?: string
  readonly Item?: JsonText
}

/** API page "TransactionCanceledException": of a provisioned table without capacity. */
export const throttledReason = (error: Throttled): CancellationReason => ({
  Code: 'ProvisionedThroughputExceeded',
  Message: error.message,
})

/**
 * Whether the reads of a transaction have the capacity of their tables, each on its own.
 *
 * @throws AwsError TransactionCanceledException
 */
export function admitReads(
  throttle: Throttle | undefined,
  reads: readonly { readonly table: Table }[],
): void {
  if (throttle === undefined) return
  const reasons = reads.map(({ table }): CancellationReason => {
    try {
      throttle.admit('read', table)
      return { Code: 'None' }
    } catch (error) {
      if (error instanceof Throttled) return throttledReason(error)
      throw error
    }
  })
  if (reasons.some(({ Code }) => Code !== 'None')) throw transactionCanceled(reasons)
}

export const transactionCanceled = (reasons: readonly CancellationReason[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons
      .map((reason) => reason.Code)
      .join(', ')}]`,
    { details: { CancellationReasons: reasons } },
  )
