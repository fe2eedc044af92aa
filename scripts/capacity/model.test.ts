import { describe, expect, it } from 'vitest'
import { conflictShare } from './conflicts.ts'
import { billOf, peakOf, today, totalOf, usesOf } from './model.ts'

const times = (factor: number) => ({ ...today, ordersPerDay: today.ordersPerDay * factor })

describe('the capacity model', () => {
  it('knows the busiest hour', () => {
    // 320 orders a day, a fifth of them in one hour.
    expect(peakOf(today).ordersPerSecond).toBeCloseTo(64 / 3600)
  })

  it('bills more for more orders, and no more than in proportion', () => {
    const bills = [1, 6, 12, 100, 10_000].map((factor) => totalOf(billOf(times(factor))))

    expect(bills).toEqual(bills.toSorted((a, b) => a - b))
    expect(bills[4]).toBeLessThan((bills[0] ?? 0) * 10_000)
  })

  it('agrees with a bill made by hand', () => {
    // A million orders a month, no dashboards, one by one: POST $1.00; two invocations $0.40; 41 ms of 0.5 GB
    // $0.27; write units 3 + 2 × 5 + 2 × 4 (three products, courier, hour; products and courier ranked).
    const demand = {
      ...today,
      ordersPerDay: 1e6 / 30.4,
      dashboards: 0,
      products: 1e9,
      couriers: 1e9,
      peakHourShare: 0.1,
    }

    const bill = billOf(demand)

    expect(bill['API Gateway']).toBeCloseTo(1, 2)
    expect(bill.Lambda).toBeCloseTo(0.67, 2)
    const stored = 12 * 1e6 * (0.9 / 1024 ** 2) * 0.25
    expect(bill.DynamoDB - stored).toBeCloseTo((3 + 10 + 8) * 0.625, 1)
  })

  it('names what saturates first: the one partition of the ranking, which shards divide', () => {
    const peak = peakOf(times(100_000))

    const [first] = usesOf(peak)

    expect(first?.[0]).toContain('one partition')
    const sharded = usesOf(peak, 16).find(([limit]) => limit.includes('one partition'))
    expect(sharded?.[1]).toBeCloseTo((first?.[1] ?? 0) / 16)
  })

  it('says how seldom transactions meet with shards', () => {
    expect(conflictShare(1, 0.5, 1)).toBe(0)
    expect(conflictShare(2, 0.5, 1)).toBe(0.5)
    expect(conflictShare(8, 0.5, 64)).toBeLessThan(0.06)
  })
})
