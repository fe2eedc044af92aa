import { AwsError, isPlainInput, list, map, optional, structure } from '../../kernel/index.ts'
import { TableConsumptions, type Consumption } from '../engine/capacity.ts'
import {
  keyedItem,
  newItem,
  planWrite,
  type ItemWrite,
  type PlannedWrite,
} from '../engine/items/item-write.ts'
import type { WriteSession } from '../engine/items/write-session.ts'
import { keyMismatch } from '../engine/keys.ts'
import type { Table } from '../engine/tables/table.ts'
import { Throttled } from '../engine/throttle.ts'
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

/** All requests of a batch go into one transaction here; only those that are throttled stay unprocessed. */
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
    const isPlain = isPlainInput(input)
    const byTable = requests.map(([name, given]) => ({
      name,
      given,
      writes: given.map((each) => writeOf(each, isPlain)),
    }))
    if (byTable.reduce((sum, each) => sum + each.writes.length, 0) > batchWriteRequestsMax) {
      throw invalid('Too many items requested for the BatchWriteItem call')
    }
    const { used, touched, unprocessed } = await writes.run(() => {
      const planned = byTable.map(({ name, given, writes }) => {
        const table = catalog.get(name)
        return { name, given, writes, table, plans: plansOf(table, writes) }
      })
      return (session) => {
        const used = new TableConsumptions()
        const left = planned.map(({ name, given, table, plans }) => {
          const { at, error } = runAll(session, plans, used.of(table))
          return { name, requests: at.flatMap((each) => given[each] ?? []), at, error }
        })
        const throttled = left.filter(({ at }) => at.length > 0)
        const [first] = throttled
        // "BatchWriteItem": it fails only when nothing at all could be done.
        if (
          first?.error !== undefined &&
          planned.every(({ plans }, at) => left[at]?.at.length === plans.length)
        ) {
          throw first.error
        }
        const unprocessed = Object.fromEntries(throttled.map((each) => [each.name, each.requests]))
        return { used, touched: planned, unprocessed }
      }
    })
    return {
      UnprocessedItems: unprocessed,
      ...used.member(input.ReturnConsumedCapacity),
      ...collectionMetricsByTable(input.ReturnItemCollectionMetrics, () =>
        touched.flatMap(({ table, writes }) =>
          writes.map((write) => ({ table, keyOf: keyedItem(write) })),
        ),
      ),
    }
  },
})

/** Runs the plans that are not throttled; answers with the places of the others. */
function runAll(session: WriteSession, plans: readonly PlannedWrite[], used: Consumption) {
  const at: number[] = []
  let error: Throttled | undefined
  for (const [place, plan] of plans.entries()) {
    try {
      used.merge(plan.run(session).used)
    } catch (reason) {
      if (!(reason instanceof Throttled)) throw reason
      at.push(place)
      error ??= reason
    }
  }
  return { at, error }
}

function writeOf(
  request: {
    readonly PutRequest?: { readonly Item: Parameters<typeof checkItem>[0] } | undefined
    readonly DeleteRequest?: { readonly Key: Parameters<typeof checkItem>[0] } | undefined
  },
  isPlain: boolean,
): ItemWrite {
  const { PutRequest: put, DeleteRequest: remove } = request
  if ((put === undefined) === (remove === undefined)) {
    // AWS's own words, though they speak of something else (observed).
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    )
  }
  if (remove !== undefined) return { kind: 'delete', key: checkItem(remove.Key) }
  const item = checkItem(put?.Item ?? {})
  return { kind: 'put', item: newItem(item, isPlain), wantsOld: false }
}

function plansOf(table: Table, writes: readonly ItemWrite[]): PlannedWrite[] {
  const plans: PlannedWrite[] = []
  const marks = new Set<number>()
  for (const write of writes) {
    const plan = planOf(table, write)
    const { key } = plan.place
    const mark = markOf(table, key)
    if (marks.has(mark) && plans.some(({ place }) => place.key.equals(key))) {
      throw invalid('Provided list of item keys contains duplicates')
    }
    marks.add(mark)
    plans.push(plan)
  }
  return plans
}

/** Of two keys with different marks, one need not be compared with the other: the partition's hash, and the key's end. */
const markOf = (table: Table, key: Buffer): number =>
  key.readUInt32BE(table.prefix.length) ^ key.readUInt32BE(key.length - 4)

/** Batches answer with one sentence for all keys that do not fit (observed). */
function planOf(table: Table, write: ItemWrite): PlannedWrite {
  try {
    return planWrite(table, write)
  } catch (error) {
    const unfit = /Missing the key|Type mismatch for key/
    throw error instanceof AwsError && unfit.test(error.message) ? keyMismatch() : error
  }
}
