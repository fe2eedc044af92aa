import { attributeMap, checkItem } from '../engine/values/index.ts'
import { oldAttributes } from './answers.ts'
import { checkConditionParameters, conditionOf } from './item-requests.ts'
import { operation } from './operation.ts'
import * as shape from './shapes.ts'
import { checkReplacedValues, replacement, writeOne } from './write-one.ts'

export const deleteItem = operation('DeleteItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    TableName: shape.tableName,
    Key: attributeMap,
    ...replacement,
  },
  async run(context, input) {
    checkConditionParameters(input)
    const key = checkItem(input.Key)
    checkReplacedValues(input)
    const condition = conditionOf(input)
    const { outcome, cost } = await writeOne(context, input, { kind: 'delete', key, condition })
    return { ...oldAttributes(input.ReturnValues, outcome), ...cost }
  },
})
