import { list, map, structure } from '../../kernel/index.ts'
import { Consumption, readUnits, TableConsumptions } from '../engine/capacity.ts'
import { projectItem, type Projection } from '../engine/expressions/index.ts'
import { checkKeyPaths } from '../engine/key-paths.ts'
import { checkKey, itemKey } from '../engine/keys.ts'
import { readItem } from '../engine/reads/get.ts'
import type { Table } from '../engine/tables/table.ts'
import { Throttled, type Throttle } from '../engine/throttle.ts'
import { attributeMap, checkItem, type Item } from '../engine/values/index.ts'
import { batchGetBytesMax, batchGetKeysMax } from '../limits.ts'
import { wireItem } from './answers.ts'
import { projectionRequest } from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import { checkedTableNames } from './request-items.ts'
import * as shape from './shapes.ts'

const tableRequest = structure({
  Keys: list(attributeMap, { min: 1, max: batchGetKeysMax }),
  AttributesToGet: shape.attributesToGet,
  ConsistentRead: shape.consistentRead,
  ProjectionExpression: shape.expression,
  ExpressionAttributeNames: shape.names,
})

type TableRequest = {
  readonly name: string
  readonly given: Record<string, unknown>
  readonly keys: readonly Item[]
  readonly consistent: boolean
  readonly projection: Projection | undefined
}

export const batchGetItem = operation('BatchGetItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    RequestItems: checkedTableNames(map(tableRequest, { min: 1 })),
  },
  run({ catalog, store, throttle }, input) {
    const requests = Object.entries(input.RequestItems).map(([name, given]): TableRequest => ({
      name,
      given,
      projection: projectionRequest(given),
      keys: given.Keys.map(checkItem),
      consistent: given.ConsistentRead === true,
    }))
    if (requests.reduce((sum, { keys }) => sum + keys.length, 0) > batchGetKeysMax) {
      throw invalid('Too many items requested for the BatchGetItem call')
    }
    const planned = requests.map((request) => {
      const table = catalog.get(request.name)
      checkKeyPaths(table, request.projection?.paths ?? [])
      return { ...request, table, places: placesOf(table, request.keys) }
    })
    const used = new TableConsumptions()
    const responses: [string, unknown][] = []
    const unprocessed: [string, unknown][] = []
    let bytes = 0
    let read = 0
    let refused: Throttled | undefined
    for (const { name, given, table, keys, places, consistent, projection } of planned) {
      const found: unknown[] = []
      const left: Item[] = []
      for (const [at, place] of places.entries()) {
        const throttled = throttledRead(throttle, table)
        if (throttled !== undefined) {
          refused ??= throttled
          left.push(keys[at] ?? {})
          continue
        }
        const item = bytes > batchGetBytesMax ? undefined : readItem(store.reader, place)
        if (bytes + (item?.size ?? 0) > batchGetBytesMax) {
          bytes = Infinity
          left.push(keys[at] ?? {})
          continue
        }
        const own = new Consumption()
        own.addTable(readUnits(item?.size ?? 0, consistent ? 'consistent' : 'eventual'))
        throttle?.take('read', table, own)
        used.of(table).merge(own)
        read++
        if (item === undefined) continue
        bytes += item.size
        found.push(projection === undefined ? wireItem(item) : projectItem(projection, item.item))
      }
      responses.push([name, found])
      if (left.length > 0) unprocessed.push([name, { ...given, Keys: left }])
    }
    // "BatchGetItem": it fails only when nothing at all could be read.
    if (refused !== undefined && read === 0) throw refused
    return {
      Responses: Object.fromEntries(responses),
      UnprocessedKeys: Object.fromEntries(unprocessed),
      ...used.member(input.ReturnConsumedCapacity),
    }
  },
})

function throttledRead(throttle: Throttle | undefined, table: Table): Throttled | undefined {
  try {
    throttle?.admit('read', table)
  } catch (error) {
    if (error instanceof Throttled) return error
    throw error
  }
  return undefined
}

function placesOf(table: Table, keys: readonly Item[]): Buffer[] {
  const places = keys.map((key) => itemKey(table, checkKey(table, key)))
  if (new Set(places.map((place) => place.toString('latin1'))).size < places.length) {
    throw invalid('Provided list of item keys contains duplicates')
  }
  return places
}
