import type { CourierFigures, Figures, HourFigures, ProductSales } from './monitor.ts'

/**
 * Shards of the figures: each figure's sum is kept in so many parts, so that projectors that count at the same time
 * seldom write the same item ("Using write sharding to distribute workloads evenly in your DynamoDB table"). The
 * monitor adds the parts up: totals stay exact.
 *
 * Without shards a figure is one item under its own id. The number may be raised at any time, for figures counted
 * before stay where they are and are added as well; it must not be lowered, or parts would be left out.
 */
export const SHARDS_MAX = 64

const PREFIX = '#shard/'

/** @throws Error for what is no number of shards */
export function readShards(text: string): number {
  const shards = Number(text)
  if (!Number.isInteger(shards) || shards < 1 || shards > SHARDS_MAX) {
    throw new Error(`FIGURE_SHARDS must be a whole number from 1 to ${SHARDS_MAX}, not ${text}`)
  }
  return shards
}

/** The shard that some orders are counted in: the same orders, tried again, may end in another. */
export function shardOf(orderId: string, shards: number): number | undefined {
  if (shards === 1) return undefined
  let hash = 0
  for (const character of orderId) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
  return hash % shards
}

/** The key of an id's part. An id that looks like a part's key gets a prefix too, so that none is another's. */
export const partKey = (id: string, shard: number | undefined): string =>
  shard === undefined && !id.startsWith(PREFIX) ? id : `${PREFIX}${shard ?? 0}/${id}`

export const idOfPart = (key: string): string =>
  key.startsWith(PREFIX) ? key.slice(key.indexOf('/', PREFIX.length) + 1) : key

/** Adds the parts of each figure up. */
export const joinParts = ({ products, couriers, hours }: Figures): Figures => ({
  products: joined(
    products,
    (row): string => row.product_id,
    (a, b): ProductSales => ({ ...b, quantity: a.quantity + b.quantity }),
  ),
  couriers: joined(
    couriers,
    (row): string => row.delivery_id,
    (a, b): CourierFigures => ({
      ...b,
      delivered_orders: a.delivered_orders + b.delivered_orders,
      delivered_products: a.delivered_products + b.delivered_products,
      total_money: a.total_money.plus(b.total_money),
    }),
  ),
  hours: joined(
    hours,
    (row): string => `${row.hour}#${row.delivery_id}`,
    (a, b): HourFigures => ({ ...b, orders: a.orders + b.orders }),
  ),
})

function joined<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  add: (a: Row, b: Row) => Row,
): readonly Row[] {
  const sums = new Map<string, Row>()
  for (const row of rows) {
    const before = sums.get(idOf(row))
    sums.set(idOf(row), before === undefined ? row : add(before, row))
  }
  return [...sums.values()]
}
