import { planWrite } from '../engine/items/item-write.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import {
  capacityMember,
  collectionMetrics,
  oldAttributes,
  orConditionalCheckFailed,
} from './answers.ts'
import { checkConditionParameters, conditionOf } from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import * as shape from './shapes.ts'

export const deleteItem = operation('DeleteItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    TableName: shape.tableName,
    Key: attributeMap,
    ConditionalOperator: shape.conditionalOperator,
    Expected: shape.expected,
    ReturnValues: shape.returnValues,
    ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
    ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
    ConditionExpression: shape.expression,
    ExpressionAttributeNames: shape.names,
    ExpressionAttributeValues: shape.values,
  },
  async run({ catalog, writes }, input) {
    checkConditionParameters(input)
    const key = checkItem(input.Key)
    if (input.ReturnValues !== undefined && !['ALL_OLD', 'NONE'].includes(input.ReturnValues)) {
      throw invalid('ReturnValues can only be ALL_OLD or NONE')
    }
    const condition = conditionOf(input)
    const { table, outcome } = await orConditionalCheckFailed(
      input.ReturnValuesOnConditionCheckFailure,
      writes.run(() => {
        const table = catalog.get(input.TableName)
        const planned = planWrite(table, { kind: 'delete', key, condition })
        return (session) => ({ table, outcome: planned.run(session) })
      }),
    )
    return {
      ...oldAttributes(input.ReturnValues, outcome),
      ...capacityMember(input.ReturnConsumedCapacity, table, outcome.used),
      ...collectionMetrics(input.ReturnItemCollectionMetrics, table, key),
    }
  },
})
