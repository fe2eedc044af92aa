import { documentClient, env, logger, plainItem } from '@cloudlet/kit'
import type { StreamEvent, StreamRecord } from '../store/stream-event.ts'
import { countOrders } from '../domain/projection.ts'
import type { Order } from '../domain/order.ts'
import { readShards } from '../domain/shards.ts'
import { countTally } from '../store/count-tally.ts'
import { readOrder } from '../store/order-item.ts'

const count = countTally(
  documentClient(),
  {
    counted: env('COUNTED_TABLE'),
    products: env('PRODUCTS_TABLE'),
    couriers: env('DELIVERIES_TABLE'),
    hours: env('HOURS_TABLE'),
  },
  readShards(env('FIGURE_SHARDS')),
)
const log = logger({ function: 'projector' })

type Delivery = { readonly sequenceNumber: string; readonly order: Order }

/**
 * Counts the new orders of a stream batch. What could not be counted is reported by its sequence number: Lambda
 * delivers again from the first of them on, and in the end sends a record that always fails to the
 * on-failure destination ("Configuring partial batch response with DynamoDB and Lambda").
 */
export async function handler(event: StreamEvent) {
  const deliveries: Delivery[] = []
  const failed: string[] = []
  for (const record of event.Records) {
    if (record.eventName !== 'INSERT') continue
    const delivery = read(record)
    if (delivery === undefined) failed.push(record.dynamodb.SequenceNumber)
    else deliveries.push(delivery)
  }
  const failures = await countOrders(
    deliveries.map((delivery) => delivery.order),
    count,
  )
  const uncounted = new Map(failures.map((failure) => [failure.orderId, failure]))
  for (const failure of failures) log.error('Order not counted', failure)
  for (const { order, sequenceNumber } of deliveries) {
    if (uncounted.has(order.id)) failed.push(sequenceNumber)
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}

function read({ dynamodb }: StreamRecord): Delivery | undefined {
  try {
    const order = readOrder(plainItem(dynamodb.NewImage ?? {}))
    return { sequenceNumber: dynamodb.SequenceNumber, order }
  } catch (error) {
    log.error('A record of the orders stream is no order', { keys: dynamodb.Keys, error })
    return undefined
  }
}
