import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupsOf, tallyOf } from './counting.ts'
import type { Tally } from './counting.ts'
import { placeOrder } from './order.ts'
import type { Order } from './order.ts'
import { countOrders, UncountableError } from './projection.ts'
import type { CountTally } from './projection.ts'

const orderOf = (id: number, productIds: readonly number[], courier = 1): Order =>
  placeOrder({
    id: `order-${id}`,
    courier: { id: String(courier), name: 'María López' },
    lines: productIds.map((product) => ({
      productId: `product-${product}`,
      product: `Product ${product}`,
      price: new Big('0.1'),
      quantity: 2,
    })),
    timestamp: '2026-11-21T10:12:44Z',
  })

const orders = fc.array(
  fc
    .record({
      products: fc.uniqueArray(fc.nat(120), { minLength: 1, maxLength: 90 }),
      courier: fc.nat(5),
    })
    .map(
      ({ products, courier }) =>
        (id: number) =>
          orderOf(id, products, courier),
    ),
  { maxLength: 12 },
)

/** The tables as a set of marks and sums: all of a tally, or nothing. */
function memoryTables() {
  const marks = new Set<string>()
  let money = new Big(0)
  let pieces = 0
  const count: CountTally = async (tally) => {
    const repeated = tally.orderIds.filter((id) => marks.has(id))
    if (repeated.length > 0) return { repeated: new Set(repeated) }
    for (const id of tally.orderIds) marks.add(id)
    for (const courier of tally.couriers) money = money.plus(courier.money)
    for (const product of tally.products) pieces += product.quantity
    return 'counted'
  }
  return { count, marks, sums: () => ({ money: money.toFixed(), pieces }) }
}

const writesOf = ({ orderIds, products, couriers, hours }: Tally): number =>
  orderIds.length + products.length + couriers.length + hours.length

describe('groupsOf', () => {
  it('fits every group into a transaction and loses no order', () => {
    fc.assert(
      fc.property(orders, (makers) => {
        const all = makers.map((make, id) => make(id))

        const groups = groupsOf(all, 100)

        expect(groups.flat()).toEqual(all)
        for (const group of groups) expect(writesOf(tallyOf(group))).toBeLessThanOrEqual(100)
      }),
    )
  })
})

describe('countOrders', () => {
  it('counts each order once, however the batches overlap', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fc.nat(11)), async (makers, starts) => {
        const all = makers.map((make, id) => make(id))
        const tables = memoryTables()

        for (const start of [...starts, 0]) {
          expect(await countOrders(all.slice(start), tables.count)).toEqual([])
        }

        const once = memoryTables()
        await countOrders(all, once.count)
        expect(tables.sums()).toEqual(once.sums())
        expect(tables.marks.size).toBe(all.length)
      }),
    )
  })

  it('counts an order once that stands twice in a batch', async () => {
    const tables = memoryTables()

    await countOrders([orderOf(1, [1]), orderOf(2, [1]), orderOf(1, [1])], tables.count)

    expect(tables.sums()).toEqual({ money: '0.4', pieces: 4 })
  })

  it('counts the neighbours of an order that never can be counted', async () => {
    const tables = memoryTables()
    const count: CountTally = async (tally) => {
      if (tally.orderIds.includes('order-2')) throw new UncountableError('no')
      return tables.count(tally)
    }

    const failures = await countOrders(
      [1, 2, 3].map((id) => orderOf(id, [id])),
      count,
    )

    expect(failures.map((failure) => failure.orderId)).toEqual(['order-2'])
    expect([...tables.marks]).toEqual(['order-1', 'order-3'])
  })

  it('gives back everything from a passing failure on', async () => {
    const tables = memoryTables()
    const wide = (id: number) =>
      orderOf(
        id,
        Array.from({ length: 90 }, (_, n) => id * 100 + n),
      )
    const count: CountTally = async (tally) => {
      if (tally.orderIds.includes('order-2')) throw new Error('the table is away')
      return tables.count(tally)
    }

    const failures = await countOrders([1, 2, 3].map(wide), count)

    expect(failures.map((failure) => failure.orderId)).toEqual(['order-2', 'order-3'])
    expect([...tables.marks]).toEqual(['order-1'])
  })
})

it('keeps the latest name of a thing that has had two', () => {
  const renamed = { ...orderOf(2, [1]), courier: { id: '1', name: 'María L.' } }

  const tally = tallyOf([orderOf(1, [1]), renamed])

  expect(tally.couriers).toMatchObject([{ name: 'María L.', orders: 2, products: 4 }])
  expect(tally.hours).toMatchObject([{ hour: '2026-11-21T10:00:00Z', orders: 2 }])
})
