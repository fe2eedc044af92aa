import { AwsError, JsonText } from '../../kernel/index.ts'
import {
  consumedCapacity,
  type Consumption,
  type ReturnConsumedCapacity,
} from '../engine/capacity.ts'
import { ConditionFailed, type WriteOutcome } from '../engine/items/item-write.ts'
import { pick } from '../engine/keys.ts'
import type { StoredItem } from '../engine/stored-item.ts'
import type { Table } from '../engine/tables/table.ts'
import type { Item } from '../engine/values/index.ts'

/** The parts that several operations' answers are made of. */

/** A stored item in its wire form. */
export const wireItem = (item: StoredItem): JsonText => new JsonText(item.wire)

export function capacityMember(
  wanted: ReturnConsumedCapacity,
  table: Table,
  used: Consumption,
): { ConsumedCapacity?: object } {
  const shown = consumedCapacity(wanted, table, used)
  return shown === undefined ? {} : { ConsumedCapacity: shown }
}

/** Only tables with local indexes have item collections that are measured. */
export function collectionMetrics(
  wanted: 'SIZE' | 'NONE' | undefined,
  table: Table,
  keyOf: Item,
): { ItemCollectionMetrics?: object } {
  if (wanted !== 'SIZE' || !table.hasLocalIndexes) return {}
  return {
    ItemCollectionMetrics: {
      ItemCollectionKey: pick(table.key.partition, keyOf),
      SizeEstimateRangeGB: [0, 1],
    },
  }
}

/** ReturnValues of PutItem and DeleteItem. */
export const oldAttributes = (
  wanted: string | undefined,
  outcome: WriteOutcome,
): { Attributes?: JsonText } =>
  wanted === 'ALL_OLD' && outcome.before !== undefined
    ? { Attributes: wireItem(outcome.before) }
    : {}

/** A failed condition as AWS's error, with the item that was found if it was asked for; other errors as they are. */
export function conditionalCheckFailed(
  error: unknown,
  returnOnFailure: 'ALL_OLD' | 'NONE' | undefined,
): unknown {
  if (!(error instanceof ConditionFailed)) return error
  const show = returnOnFailure === 'ALL_OLD' && error.found !== undefined
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    details: show && error.found !== undefined ? { Item: wireItem(error.found) } : {},
  })
}

/**
 * As {@link collectionMetrics}, for requests over several items: by table, each collection once.
 *
 * @param written tells what was written, which is asked only when metrics are wanted
 */
export function collectionMetricsByTable(
  wanted: 'SIZE' | 'NONE' | undefined,
  written: () => readonly { readonly table: Table; readonly keyOf: Item }[],
): { ItemCollectionMetrics?: object } {
  if (wanted !== 'SIZE') return {}
  const tables = new Map<string, Map<string, object>>()
  for (const { table, keyOf } of written()) {
    const { ItemCollectionMetrics: metrics } = collectionMetrics(wanted, table, keyOf)
    if (metrics === undefined) continue
    const collections = tables.get(table.name) ?? new Map<string, object>()
    tables.set(table.name, collections.set(JSON.stringify(metrics), metrics))
  }
  return {
    ItemCollectionMetrics: Object.fromEntries(
      [...tables].map(([name, collections]) => [name, [...collections.values()]]),
    ),
  }
}
