import {
  keyedItem,
  planWrite,
  type ItemWrite,
  type WriteOutcome,
} from '../engine/items/item-write.ts'
import { capacityMember, collectionMetrics, conditionalCheckFailed } from './answers.ts'
import { invalid, type Context } from './operation.ts'
import * as shape from './shapes.ts'

/** What PutItem and DeleteItem take beside the table and the item, in the order in which it is checked. */
export const replacement = {
  ConditionalOperator: shape.conditionalOperator,
  Expected: shape.expected,
  ReturnValues: shape.returnValues,
  ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
  ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
  ConditionExpression: shape.expression,
  ExpressionAttributeNames: shape.names,
  ExpressionAttributeValues: shape.values,
} as const

/** @throws AwsError ValidationException for values that only UpdateItem returns */
export function checkReplacedValues({
  ReturnValues,
}: {
  readonly ReturnValues?: string | undefined
}): void {
  if (ReturnValues !== undefined && ReturnValues !== 'ALL_OLD' && ReturnValues !== 'NONE') {
    throw invalid('ReturnValues can only be ALL_OLD or NONE')
  }
}

type WriteInput = {
  readonly TableName: string
  readonly ReturnValuesOnConditionCheckFailure?: Parameters<typeof conditionalCheckFailed>[1]
  readonly ReturnConsumedCapacity?: Parameters<typeof capacityMember>[0]
  readonly ReturnItemCollectionMetrics?: Parameters<typeof collectionMetrics>[0]
}

/**
 * Writes one item in a transaction of its own.
 *
 * @returns what became of it, and what an answer tells of its cost
 * @throws AwsError ConditionalCheckFailedException
 */
export async function writeOne(
  { catalog, writes }: Context,
  input: WriteInput,
  write: ItemWrite,
): Promise<{ readonly outcome: WriteOutcome; readonly cost: object }> {
  try {
    const { table, outcome } = await writes.run(() => {
      const table = catalog.get(input.TableName)
      const planned = planWrite(table, write)
      return (session) => ({ table, outcome: planned.run(session) })
    })
    const named = keyedItem(write)
    return {
      outcome,
      cost: {
        ...capacityMember(input.ReturnConsumedCapacity, table, outcome.used),
        ...collectionMetrics(input.ReturnItemCollectionMetrics, table, named),
      },
    }
  } catch (error) {
    throw conditionalCheckFailed(error, input.ReturnValuesOnConditionCheckFailure)
  }
}
