import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearAxis, logAxis, shortText } from './axis.ts'

describe('linearAxis', () => {
  it('ends at a round number at or above every value', () => {
    expect(linearAxis([11_578, 65_771]).ticks).toEqual([0, 20_000, 40_000, 60_000, 80_000])
  })

  it('places 0 at its start and its last tick at its end', () => {
    const axis = linearAxis([7])

    expect([axis.placeOf(0), axis.placeOf(axis.ticks.at(-1) ?? 0)]).toEqual([0, 1])
  })

  it('stands when there is nothing to show', () => {
    expect(linearAxis([Number.NaN]).ticks).toEqual([0, 1])
  })
})

describe('logAxis', () => {
  it('has the powers of ten around its values', () => {
    expect(logAxis([3, 4_000]).ticks).toEqual([1, 10, 100, 1_000, 10_000])
  })

  it('writes 2 and 5 where it spans little', () => {
    expect(logAxis([2, 8]).ticks).toEqual([1, 2, 5, 10])
  })

  it('leaves out what has no logarithm', () => {
    expect(logAxis([0, 10, 100]).ticks).toEqual([10, 20, 50, 100])
  })
})

describe.each([
  ['linear', linearAxis],
  ['logarithmic', logAxis],
])('a %s axis', (_, axisOf) => {
  it('holds every value between its ends', () => {
    const values = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(values, (some) => {
        const places = some.map(axisOf(some).placeOf)

        expect(Math.min(...places)).toBeGreaterThanOrEqual(-1e-9)
        expect(Math.max(...places)).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })
})

describe('shortText', () => {
  it.each([
    [0, '0'],
    [0.0501, '0.0501'],
    [153.4, '153'],
    [1_070, '1.07k'],
    [65_771, '65.8k'],
    [999_900, '1M'],
    [10_000_000, '10M'],
  ])('%d is %s', (value, text) => {
    expect(shortText(value)).toBe(text)
  })
})
