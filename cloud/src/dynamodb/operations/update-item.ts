import { isPlainInput } from '../../kernel/index.ts'
import { projectPaths } from '../engine/expressions/index.ts'
import type { WriteOutcome } from '../engine/items/item-write.ts'
import type { StoredItem } from '../engine/stored-item.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { wireItem } from './answers.ts'
import { checkUpdateParameters, updateRequest } from './item-requests.ts'
import { operation } from './operation.ts'
import * as shape from './shapes.ts'
import { writeOne } from './write-one.ts'

export const updateItem = operation('UpdateItem', {
  input: {
    TableName: shape.tableName,
    ReturnValues: shape.returnValues,
    ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
    ConditionalOperator: shape.conditionalOperator,
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    Key: attributeMap,
    Expected: shape.expected,
    AttributeUpdates: shape.attributeUpdates,
    ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
    ConditionExpression: shape.expression,
    UpdateExpression: shape.expression,
    ExpressionAttributeNames: shape.names,
    ExpressionAttributeValues: shape.values,
  },
  async run(context, input) {
    checkUpdateParameters(input)
    const key = checkItem(input.Key)
    const { condition, update } = updateRequest(input)
    const { outcome, cost } = await writeOne(context, input, {
      kind: 'update',
      key,
      update,
      condition,
      isPlain: isPlainInput(input),
    })
    return { ...attributes(input.ReturnValues, outcome), ...cost }
  },
})

/** UPDATED_OLD and UPDATED_NEW show the paths that the request named, as far as they are there. */
function attributes(
  wanted: 'ALL_NEW' | 'UPDATED_OLD' | 'ALL_OLD' | 'NONE' | 'UPDATED_NEW' | undefined,
  outcome: WriteOutcome,
): { Attributes?: unknown } {
  const { before, after } = outcome
  const whole = (item: StoredItem | undefined): { Attributes?: unknown } =>
    item === undefined ? {} : { Attributes: wireItem(item) }
  const touched = (item: StoredItem | undefined): { Attributes?: unknown } => {
    if (item === undefined || outcome.touched.length === 0) return {}
    const shown = projectPaths(outcome.touched, item.item)
    return Object.keys(shown).length === 0 ? {} : { Attributes: shown }
  }
  switch (wanted) {
    case 'ALL_OLD':
      return whole(before)
    case 'ALL_NEW':
      return whole(after)
    case 'UPDATED_OLD':
      return touched(before)
    case 'UPDATED_NEW':
      return touched(after)
    case 'NONE':
    case undefined:
      return {}
  }
}
