import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyText, totalOf } from './money.ts'

/** Prices as integers of 10^-10, so that BigInt can check the arithmetic. */
const SCALE = 10n ** 10n
const price = fc.bigInt({ min: 0n, max: 10n ** 25n - 1n })
const asDecimal = (units: bigint): Big =>
  new Big(`${units / SCALE}.${(units % SCALE).toString().padStart(10, '0')}`)

describe('totalOf', () => {
  it('is exact where floating point is not', () => {
    const lines = [
      { price: new Big('0.1'), quantity: 1 },
      { price: new Big('0.2'), quantity: 1 },
    ]

    expect(totalOf(lines).toFixed()).toBe('0.3')
  })

  it('agrees with integer arithmetic for any prices and quantities', () => {
    const line = fc.record({ units: price, quantity: fc.integer({ min: 1, max: 10_000 }) })

    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 90 }), (lines) => {
        const total = totalOf(
          lines.map(({ units, quantity }) => ({ price: asDecimal(units), quantity })),
        )

        const expected = lines.reduce(
          (sum, { units, quantity }) => sum + units * BigInt(quantity),
          0n,
        )
        expect(total.eq(asDecimal(expected))).toBe(true)
      }),
    )
  })
})

describe('moneyText', () => {
  it.each([
    ['203.7', '203.70'],
    ['0', '0.00'],
    ['12', '12.00'],
    ['1.005', '1.005'],
    ['1e21', '1000000000000000000000.00'],
    ['1e-10', '0.0000000001'],
  ])('writes %s as %s', (amount, text) => {
    expect(moneyText(new Big(amount))).toBe(text)
  })

  it('keeps the value', () => {
    fc.assert(
      fc.property(price, (units) => {
        expect(new Big(moneyText(asDecimal(units))).eq(asDecimal(units))).toBe(true)
      }),
    )
  })
})
