import { AwsError, type JsonText } from '../../kernel/index.ts'

/** Why an action of a transaction stood in its way, in the order of the request; "None" where it did not. */
export type CancellationReason = {
  readonly Code: string
  readonly Message?: string
  readonly Item?: JsonText
}

export const transactionCanceled = (reasons: readonly CancellationReason[]): AwsError =>
  new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons
      .map((reason) => reason.Code)
      .join(', ')}]`,
    { details: { CancellationReasons: reasons } },
  )
