import type { Big } from 'big.js'
import { totalOf } from './money.ts'
import { canonicalTimestamp } from './timestamp.ts'

/** A delivered order. Amounts are exact decimals, in the company's one currency. */
export type Order = {
  readonly id: string
  readonly courier: { readonly id: string; readonly name: string }
  readonly lines: readonly OrderLine[]
  /** ISO 8601, UTC. */
  readonly timestamp: string
  readonly total: Big
}

export type OrderLine = {
  readonly productId: string
  readonly product: string
  readonly price: Big
  readonly quantity: number
}

/** What an order's sender is told of it. */
export const receiptOf = (order: Pick<Order, 'id' | 'timestamp'>) => ({
  order_id: order.id,
  timestamp: order.timestamp,
})

export const placeOrder = (request: Omit<Order, 'total'>): Order => ({
  ...request,
  total: totalOf(request.lines),
})

/**
 * True when two orders say the same: 12 and 12.00 are one price, a quantity left out is 1, products may stand
 * in another order and one instant may be written in two ways.
 */
export const sameContent = (one: Order, other: Order): boolean =>
  contentOf(one) === contentOf(other)

function contentOf({ id, courier, timestamp, lines }: Order): string {
  const products = lines
    .map((line) => [line.productId, line.product, line.price.toFixed(), line.quantity] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([id, courier.id, courier.name, canonicalTimestamp(timestamp), products])
}
