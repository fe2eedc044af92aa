import { list, structure } from '../../kernel/index.ts'
import { readUnits, TableConsumptions } from '../engine/capacity.ts'
import { projectItem } from '../engine/expressions/index.ts'
import { checkKeyPaths } from '../engine/key-paths.ts'
import { checkKey, itemKey } from '../engine/keys.ts'
import { readItem } from '../engine/reads/get.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { transactActionsMax, transactBytesMax } from '../limits.ts'
import { wireItem } from './answers.ts'
import { projectionRequest } from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import * as shape from './shapes.ts'
import { admitReads } from './transaction-canceled.ts'

const get = structure({
  TableName: shape.tableName,
  Key: attributeMap,
  ProjectionExpression: shape.expression,
  ExpressionAttributeNames: shape.names,
})

/** Reads are synchronous: all items are of one moment. */
export const transactGetItems = operation('TransactGetItems', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    TransactItems: list(structure({ Get: get }), { min: 1, max: transactActionsMax }),
  },
  run({ catalog, store, throttle }, input) {
    const requests = input.TransactItems.map(({ Get: request }) => ({
      tableName: request.TableName,
      projection: projectionRequest(request),
      key: checkItem(request.Key),
    }))
    const places = new Set<string>()
    const planned = requests.map(({ tableName, projection, key }) => {
      const table = catalog.get(tableName)
      checkKeyPaths(table, projection?.paths ?? [])
      const place = itemKey(table, checkKey(table, key))
      const text = place.toString('latin1')
      if (places.has(text)) {
        throw invalid('Transaction request cannot include multiple operations on one item')
      }
      places.add(text)
      return { table, projection, place }
    })
    admitReads(throttle, planned)
    const used = new TableConsumptions()
    let bytes = 0
    const responses = planned.map(({ table, projection, place }) => {
      const found = readItem(store.reader, place)
      used.of(table).addTable(readUnits(found?.size ?? 0, 'transaction'))
      if (found === undefined) return {}
      bytes += found.size
      return {
        Item: projection === undefined ? wireItem(found) : projectItem(projection, found.item),
      }
    })
    used.takeFrom(throttle, 'read')
    if (bytes > transactBytesMax) {
      throw invalid('The aggregate size of the items in the transaction exceeds 4 MB')
    }
    return { Responses: responses, ...used.member(input.ReturnConsumedCapacity, 'read') }
  },
})
