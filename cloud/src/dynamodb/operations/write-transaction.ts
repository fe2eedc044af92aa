import { AwsError } from '../../kernel/index.ts'
import { readUnits, TableConsumptions, transactionFactor } from '../engine/capacity.ts'
import {
  ConditionFailed,
  type PlannedWrite,
  type WriteOutcome,
} from '../engine/items/item-write.ts'
import type { WriteSession } from '../engine/items/write-session.ts'
import { readItem } from '../engine/reads/get.ts'
import { Throttled } from '../engine/throttle.ts'
import { requestDigest, useToken } from '../engine/transactions/request-tokens.ts'
import { transactBytesMax } from '../limits.ts'
import { wireItem } from './answers.ts'
import { invalid, type Context } from './operation.ts'
import {
  throttledReason,
  transactionCanceled,
  type CancellationReason,
} from './transaction-canceled.ts'

export const twiceOnOneItem = 'Transaction request cannot include multiple operations on one item'
export const transactionTooLarge = 'The aggregate size of the items in the transaction exceeds 4 MB'

type Transaction = {
  /** Checks every action against its table, when it is the transaction's turn. */
  readonly plan: () => readonly PlannedWrite[]
  readonly reasonOfCondition: (failure: ConditionFailed, at: number) => CancellationReason
  readonly token: string | undefined
  /** What must be the same when the token is used again. */
  readonly subject: unknown
}

type Written = {
  readonly plans: readonly PlannedWrite[]
  readonly used: TableConsumptions
  /** A token was used before with the same request: nothing was written. */
  readonly repeated: boolean
}

/**
 * The writes of TransactWriteItems and ExecuteTransaction: all or none.
 *
 * @throws AwsError TransactionCanceledException with a reason for each action; IdempotentParameterMismatchException
 */
export async function writeTransaction(
  { writes, store, environment }: Context,
  { plan, reasonOfCondition, token, subject }: Transaction,
): Promise<Written> {
  const digest = token === undefined ? undefined : requestDigest(subject)
  const nowMs = environment.clock.now()
  const { plans, outcomes } = await writes.run(() => {
    const plans = plan()
    return (session) => {
      if (token !== undefined && digest !== undefined) {
        const state = useToken(session.writer, token, digest, nowMs)
        if (state === 'mismatch') throw parameterMismatch()
        if (state === 'repeated') return { plans, outcomes: undefined }
      }
      return { plans, outcomes: runAll(session, plans, reasonOfCondition) }
    }
  }, transactionFactor)
  const used = new TableConsumptions()
  for (const [at, { place }] of plans.entries()) {
    const outcome = outcomes?.[at]
    if (outcome !== undefined) used.of(place.table).merge(outcome.used, transactionFactor)
    else {
      const found = readItem(store.reader, place.key)
      used.of(place.table).addTable(readUnits(found?.size ?? 0, 'transaction'))
    }
  }
  return { plans, used, repeated: outcomes === undefined }
}

/** Runs every action, so that each gets its reason; one failure takes all back. */
function runAll(
  session: WriteSession,
  plans: readonly PlannedWrite[],
  reasonOfCondition: Transaction['reasonOfCondition'],
): WriteOutcome[] {
  const outcomes: WriteOutcome[] = []
  const reasons = plans.map((plan, at): CancellationReason => {
    try {
      outcomes.push(plan.run(session))
      return { Code: 'None' }
    } catch (error) {
      return error instanceof ConditionFailed ? reasonOfCondition(error, at) : reasonOf(error)
    }
  })
  if (outcomes.length < plans.length) throw transactionCanceled(reasons)
  let bytes = 0
  for (const { before, after } of outcomes) bytes += (after ?? before)?.size ?? 0
  if (bytes > transactBytesMax) throw invalid(transactionTooLarge)
  return outcomes
}

function reasonOf(error: unknown): CancellationReason {
  if (error instanceof Throttled) return throttledReason(error)
  if (error instanceof AwsError && error.code === 'ValidationException') {
    return { Code: 'ValidationError', Message: error.message }
  }
  throw error
}

/** @param shown ReturnValuesOnConditionCheckFailure */
export const conditionReason = (
  { message, found }: ConditionFailed,
  shown: 'ALL_OLD' | 'NONE' | undefined,
): CancellationReason => ({
  Code: 'ConditionalCheckFailed',
  Message: message,
  ...(shown === 'ALL_OLD' && found !== undefined ? { Item: wireItem(found) } : {}),
})

const parameterMismatch = (): AwsError =>
  new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request',
  )
