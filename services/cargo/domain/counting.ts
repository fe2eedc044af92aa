import { Big } from 'big.js'
import type { Order } from './order.ts'
import { hourOf } from './timestamp.ts'

/** What some orders add to the monitor's figures, each key once. */
export type Tally = {
  readonly orderIds: readonly string[]
  readonly products: readonly ProductTally[]
  readonly couriers: readonly CourierTally[]
  readonly hours: readonly HourTally[]
}

export type ProductTally = { readonly id: string; readonly name: string; readonly quantity: number }

export type CourierTally = {
  readonly id: string
  readonly name: string
  readonly orders: number
  readonly products: number
  readonly money: Big
}

export type HourTally = {
  readonly hour: string
  readonly courierId: string
  readonly name: string
  readonly orders: number
}

const piecesOf = (order: Order): number => order.lines.reduce((sum, line) => sum + line.quantity, 0)

/** Sums the orders up; of several names for one thing the last order's stays. */
export function tallyOf(orders: readonly Order[]): Tally {
  const products = new Map<string, ProductTally>()
  const couriers = new Map<string, CourierTally>()
  const hours = new Map<string, HourTally>()
  for (const order of orders) {
    const { id, name } = order.courier
    for (const line of order.lines) {
      const quantity = (products.get(line.productId)?.quantity ?? 0) + line.quantity
      products.set(line.productId, { id: line.productId, name: line.product, quantity })
    }
    const courier = couriers.get(id)
    couriers.set(id, {
      id,
      name,
      orders: (courier?.orders ?? 0) + 1,
      products: (courier?.products ?? 0) + piecesOf(order),
      money: (courier?.money ?? new Big(0)).plus(order.total),
    })
    const hour = hourOf(order.timestamp)
    const slot = `${hour}#${id}`
    hours.set(slot, { hour, courierId: id, name, orders: (hours.get(slot)?.orders ?? 0) + 1 })
  }
  return {
    orderIds: orders.map((order) => order.id),
    products: [...products.values()],
    couriers: [...couriers.values()],
    hours: [...hours.values()],
  }
}

/** Writes that counting takes: a mark for each order and an update for each thing it touches. */
const writesOf = (tally: Tally): number =>
  tally.orderIds.length + tally.products.length + tally.couriers.length + tally.hours.length

/**
 * Splits orders, in their order, into groups that are counted in one transaction of at most `writesMax` writes.
 * Orders share their products and couriers, so that some dozens fit where each alone would take a dozen writes:
 * fewer writes to the same few items, hence fewer conflicts.
 */
export function groupsOf(orders: readonly Order[], writesMax: number): readonly Order[][] {
  const groups: Order[][] = []
  let group: Order[] = []
  for (const order of orders) {
    if (group.length > 0 && writesOf(tallyOf([...group, order])) > writesMax) {
      groups.push(group)
      group = []
    }
    group.push(order)
  }
  if (group.length > 0) groups.push(group)
  return groups
}
