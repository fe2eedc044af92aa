import { isPlainInput } from '../../kernel/index.ts'
import { newItem } from '../engine/items/item-write.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { oldAttributes } from './answers.ts'
import { checkConditionParameters, conditionOf } from './item-requests.ts'
import { operation } from './operation.ts'
import * as shape from './shapes.ts'
import { checkReplacedValues, replacement, writeOne } from './write-one.ts'

export const putItem = operation('PutItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    TableName: shape.tableName,
    Item: attributeMap,
    ...replacement,
  },
  async run(context, input) {
    checkConditionParameters(input)
    const item = checkItem(input.Item)
    checkReplacedValues(input)
    const stored = newItem(item, isPlainInput(input))
    const condition = conditionOf(input)
    const { outcome, cost } = await writeOne(context, input, {
      kind: 'put',
      item: stored,
      condition,
      wantsOld: input.ReturnValues === 'ALL_OLD',
    })
    return { ...oldAttributes(input.ReturnValues, outcome), ...cost }
  },
})
