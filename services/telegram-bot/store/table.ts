import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { backingOff } from '@cloudlet/kit'

/** The bot's table, see layout.ts. */
export type BotTable = {
  readonly client: DynamoDBDocumentClient
  readonly name: string
}

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** An item as it was read. */
export type Item = Readonly<Record<string, unknown>>

const CONFLICT = { attemptsMax: 6, waitMs: 20, waitMsMax: 400 } as const

const reasonsOf = (error: unknown): readonly string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None')
    : []

/**
 * Writes all or nothing. Transactions that met another are tried again ("TransactionCanceledException").
 *
 * @returns the places of the writes whose conditions did not hold; empty when all was written
 */
export async function writeTogether(
  { client }: BotTable,
  writes: readonly Write[],
): Promise<readonly number[]> {
  try {
    await backingOff(
      () => client.send(new TransactWriteCommand({ TransactItems: [...writes] })),
      (error) => {
        const reasons = reasonsOf(error)
        return (
          reasons.includes('TransactionConflict') && !reasons.includes('ConditionalCheckFailed')
        )
      },
      CONFLICT,
    )
    return []
  } catch (error) {
    const failed = reasonsOf(error).flatMap((reason, at) =>
      reason === 'ConditionalCheckFailed' ? [at] : [],
    )
    if (failed.length === 0) throw error
    return failed
  }
}
