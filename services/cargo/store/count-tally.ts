import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { NumberValue, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBDocumentClient, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { backingOff, isUnavailable } from '@cloudlet/kit'
import type { BackOff } from '@cloudlet/kit'
import type { CourierTally, HourTally, ProductTally } from '../domain/counting.ts'
import { UncountableError } from '../domain/projection.ts'
import type { CountTally } from '../domain/projection.ts'
import { partKey, shardOf } from '../domain/shards.ts'
import { rankingOf, slotOf } from './figures.ts'
import type { FigureTables } from './figures.ts'
import { dayOf } from '../domain/timestamp.ts'

type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** Reasons for which a transaction is cancelled that pass ("TransactionCanceledException"). */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])

const BACK_OFF: BackOff = { attemptsMax: 12, waitMs: 20, waitMsMax: 2_000 }

const codesOf = (error: TransactionCanceledException): readonly string[] =>
  (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None')

/** Whether to try again in a moment: a conflict, a throttled or an unreachable table. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return isUnavailable(error)
  const codes = codesOf(error)
  return codes.some((code) => PASSING.has(code)) && !codes.includes('ConditionalCheckFailed')
}

/**
 * Counts a tally in one transaction: for each order a mark that must not be there yet, and the sums. So an order
 * that is delivered again finds its mark and changes nothing.
 *
 * @param shards in how many parts each sum is kept (domain/shards.ts)
 */
export function countTally(
  client: DynamoDBDocumentClient,
  tables: FigureTables & { readonly counted: string },
  shards: number,
): CountTally {
  return async (tally) => {
    const shard = shardOf(tally.orderIds[0] ?? '', shards)
    const command = new TransactWriteCommand({
      TransactItems: [
        ...tally.orderIds.map((orderId) => mark(tables.counted, orderId)),
        ...tally.products.map((product) => addProduct(tables.products, product, shard)),
        ...tally.couriers.map((courier) => addCourier(tables.couriers, courier, shard)),
        ...tally.hours.map((hour) => addHour(tables.hours, hour, shard)),
      ],
    })
    try {
      await backingOff(() => client.send(command), mayPass, BACK_OFF)
      return 'counted'
    } catch (error) {
      const codes = error instanceof TransactionCanceledException ? codesOf(error) : []
      // The marks stand first: a failed condition is at the place of its order.
      const repeated = tally.orderIds.filter((_, at) => codes[at] === 'ConditionalCheckFailed')
      if (repeated.length > 0) return { repeated: new Set(repeated) }
      if (isPermanent(error, codes)) {
        throw new UncountableError('The orders cannot be counted', { cause: error })
      }
      throw error
    }
  }
}

const isPermanent = (error: unknown, codes: readonly string[]): boolean =>
  codes.length > 0
    ? !codes.some((code) => PASSING.has(code))
    : error instanceof Error && error.name === 'ValidationException'

const mark = (table: string, orderId: string): Write => ({
  Put: {
    TableName: table,
    Item: { order_id: orderId },
    ConditionExpression: 'attribute_not_exists(order_id)',
  },
})

type Shard = number | undefined

const addProduct = (table: string, { id, name, quantity }: ProductTally, shard: Shard): Write => ({
  Update: {
    TableName: table,
    Key: { product_id: partKey(id, shard) },
    UpdateExpression: 'SET #name = :name, ranking = :ranking ADD quantity :quantity',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: {
      ':name': name,
      ':ranking': rankingOf(shard),
      ':quantity': quantity,
    },
  },
})

const addCourier = (table: string, courier: CourierTally, shard: Shard): Write => ({
  Update: {
    TableName: table,
    Key: { delivery_id: partKey(courier.id, shard) },
    UpdateExpression:
      'SET #name = :name, ranking = :ranking ADD delivered_orders :orders, delivered_products :products, total_money :money',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: {
      ':name': courier.name,
      ':ranking': rankingOf(shard),
      ':orders': courier.orders,
      ':products': courier.products,
      ':money': NumberValue.from(courier.money.toFixed()),
    },
  },
})

const addHour = (
  table: string,
  { hour, courierId, name, orders }: HourTally,
  shard: Shard,
): Write => ({
  Update: {
    TableName: table,
    Key: { day: dayOf(hour), slot: slotOf(hour, courierId, shard) },
    UpdateExpression: 'SET #name = :name, #hour = :hour, delivery_id = :courier ADD orders :orders',
    ExpressionAttributeNames: { '#name': 'name', '#hour': 'hour' },
    ExpressionAttributeValues: {
      ':name': name,
      ':hour': hour,
      ':courier': courierId,
      ':orders': orders,
    },
  },
})
