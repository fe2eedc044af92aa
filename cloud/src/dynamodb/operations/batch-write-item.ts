import { AwsError, list, map, optional, structure } from '../../kernel/index.ts'
import { TableConsumptions } from '../engine/capacity.ts'
import {
  checkItemSize,
  planWrite,
  type ItemWrite,
  type PlannedWrite,
} from '../engine/items/item-write.ts'
import { keyMismatch } from '../engine/keys.ts'
import type { Table } from '../engine/tables/table.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { batchWriteRequestsMax } from '../limits.ts'
import { collectionMetricsByTable } from './answers.ts'
import { invalid, operation } from './operation.ts'
import { checkedTableNames } from './request-items.ts'
import * as shape from './shapes.ts'

const writeRequest = structure({
  DeleteRequest: optional(structure({ Key: attributeMap })),
  PutRequest: optional(structure({ Item: attributeMap })),
})

/** All requests of a batch go into one transaction here: none stays unprocessed. */
export const batchWriteItem = operation('BatchWriteItem', {
  input: {
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    ReturnItemCollectionMetrics: shape.returnItemCollectionMetrics,
    RequestItems: checkedTableNames(
      map(list(writeRequest, { min: 1, max: batchWriteRequestsMax }), { min: 1 }),
    ),
  },
  async run({ catalog, writes }, input) {
    const requests = Object.entries(input.RequestItems)
    const byTable = requests.map(([name, given]) => ({ name, writes: given.map(writeOf) }))
    if (byTable.reduce((sum, each) => sum + each.writes.length, 0) > batchWriteRequestsMax) {
      throw invalid('Too many items requested for the BatchWriteItem call')
    }
    const { used, touched } = await writes.run(() => {
      const planned = byTable.map((each) => {
        const table = catalog.get(each.name)
        return { ...each, table, plans: plansOf(table, each.writes) }
      })
      return (session) => {
        const used = new TableConsumptions()
        for (const { table, plans } of planned) {
          for (const plan of plans) used.of(table).merge(plan.run(session).used)
        }
        return { used, touched: planned }
      }
    })
    return {
      UnprocessedItems: {},
      ...used.member(input.ReturnConsumedCapacity),
      ...collectionMetricsByTable(
        input.ReturnItemCollectionMetrics,
        touched.flatMap(({ table, writes }) =>
          writes.map((write) => ({ table, keyOf: write.kind === 'put' ? write.item : write.key })),
        ),
      ),
    }
  },
})

function writeOf(request: {
  readonly PutRequest?: { readonly Item: Parameters<typeof checkItem>[0] } | undefined
  readonly DeleteRequest?: { readonly Key: Parameters<typeof checkItem>[0] } | undefined
}): ItemWrite {
  const { PutRequest: put, DeleteRequest: remove } = request
  if ((put === undefined) === (remove === undefined)) {
    // AWS's own words, though they speak of something else (observed).
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    )
  }
  if (remove !== undefined) return { kind: 'delete', key: checkItem(remove.Key) }
  const item = checkItem(put?.Item ?? {})
  checkItemSize(item)
  return { kind: 'put', item }
}

function plansOf(table: Table, writes: readonly ItemWrite[]): PlannedWrite[] {
  const places = new Set<string>()
  return writes.map((write) => {
    const plan = planOf(table, write)
    const place = plan.place.key.toString('latin1')
    if (places.has(place)) throw invalid('Provided list of item keys contains duplicates')
    places.add(place)
    return plan
  })
}

/** Batches answer with one sentence for all keys that do not fit (observed). */
function planOf(table: Table, write: ItemWrite): PlannedWrite {
  try {
    return planWrite(table, write)
  } catch (error) {
    const unfit = /Missing the key|Type mismatch for key/
    throw error instanceof AwsError && unfit.test(error.message) ? keyMismatch() : error
  }
}
