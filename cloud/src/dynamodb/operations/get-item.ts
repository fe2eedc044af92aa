import { Consumption, readUnits } from '../engine/capacity.ts'
import { projectItem } from '../engine/expressions/index.ts'
import { checkKeyPaths } from '../engine/key-paths.ts'
import { checkKey, itemKey } from '../engine/keys.ts'
import { readItem } from '../engine/reads/get.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { capacityMember, wireItem } from './answers.ts'
import { projectionRequest } from './item-requests.ts'
import { operation } from './operation.ts'
import * as shape from './shapes.ts'

export const getItem = operation('GetItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    AttributesToGet: shape.attributesToGet,
    TableName: shape.tableName,
    Key: attributeMap,
    ConsistentRead: shape.consistentRead,
    ProjectionExpression: shape.expression,
    ExpressionAttributeNames: shape.names,
  },
  run({ catalog, store, throttle }, input) {
    const projection = projectionRequest(input)
    const key = checkItem(input.Key)
    const table = catalog.get(input.TableName)
    checkKeyPaths(table, projection?.paths ?? [])
    const place = itemKey(table, checkKey(table, key))
    throttle?.admit('read', table)
    const found = readItem(store.reader, place)
    const used = new Consumption()
    used.addTable(
      readUnits(found?.size ?? 0, input.ConsistentRead === true ? 'consistent' : 'eventual'),
    )
    throttle?.take('read', table, used)
    return {
      ...(found === undefined
        ? {}
        : {
            Item: projection === undefined ? wireItem(found) : projectItem(projection, found.item),
          }),
      ...capacityMember(input.ReturnConsumedCapacity, table, used),
    }
  },
})
