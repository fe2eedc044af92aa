import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOfPart, joinParts, partKey, readShards, shardOf } from './shards.ts'

describe('the keys of parts', () => {
  it('lead back to the id, and no two parts share one', () => {
    const ids = fc.oneof(
      fc.string(),
      fc.constantFrom('#shard/1/x', '#shard/', 'pk0004', '__proto__'),
    )
    const shards = fc.option(fc.nat(63), { nil: undefined })
    fc.assert(
      fc.property(ids, ids, shards, shards, (a, b, one, other) => {
        expect(idOfPart(partKey(a, one))).toBe(a)
        expect(partKey(a, one) === partKey(b, other) && a !== b).toBe(false)
      }),
    )
  })

  it('are the ids themselves where there are no shards', () => {
    expect(partKey('pk0004', shardOf('order-1', 1))).toBe('pk0004')
  })

  it('spread orders over all shards', () => {
    const used = new Set(Array.from({ length: 400 }, (_, n) => shardOf(`order-${n}`, 8)))

    expect(used).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]))
  })
})

describe('joinParts', () => {
  it('adds up exactly', () => {
    const courier = { delivery_id: '1', name: 'Ana', delivered_orders: 1, delivered_products: 2 }
    const hour = { hour: '2026-11-21T10:00:00Z', delivery_id: '1', name: 'Ana', orders: 3 }

    const { products, couriers, hours } = joinParts({
      products: [
        { product_id: 'a', name: 'A', quantity: 1 },
        { product_id: 'b', name: 'B', quantity: 5 },
        { product_id: 'a', name: 'A', quantity: 2 },
      ],
      couriers: [
        { ...courier, total_money: new Big('0.1') },
        { ...courier, total_money: new Big('0.2') },
      ],
      hours: [hour, hour, { ...hour, delivery_id: '2' }],
    })

    expect(products.map((row) => row.quantity)).toEqual([3, 5])
    expect(couriers.map((row) => [row.delivered_orders, row.total_money.toFixed()])).toEqual([
      [2, '0.3'],
    ])
    expect(hours.map((row) => row.orders)).toEqual([6, 3])
  })
})

it.each(['0', '65', '1.5', 'many', ''])('refuses %j shards', (text) => {
  expect(() => readShards(text)).toThrow('FIGURE_SHARDS must be')
})
