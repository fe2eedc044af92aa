import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketsOf, Histogram, merged } from './histogram.ts'

const durations = fc.array(fc.double({ min: 0, max: 600_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
})

/** The percentile by its definition: the nearest rank among the sorted values. */
function exact(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN
}

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.add(value)
  return histogram
}

describe('Histogram', () => {
  it('knows percentiles to 0.4 %, as sorting all values does', () => {
    fc.assert(
      fc.property(durations, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const wanted = exact(values, share)

        const found = histogramOf(values).percentileMs(share)

        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(wanted * 0.004 + 0.001)
      }),
    )
  })

  it('loses nothing when parts are stored and merged', () => {
    fc.assert(
      fc.property(durations, durations, (some, others) => {
        const parts = [some, others].map((values) => histogramOf(values).data())
        const stored = JSON.parse(JSON.stringify(parts)) as typeof parts

        const whole = histogramOf([...some, ...others])

        expect(merged(stored).data().counts).toEqual(whole.data().counts)
        expect(merged(stored).percentileMs(0.95)).toBe(whole.percentileMs(0.95))
        expect(merged(stored).averageMs).toBeCloseTo(whole.averageMs, 6)
        expect(merged(stored).maxMs).toBe(whole.maxMs)
      }),
    )
  })

  it('counts every value in a bucket around it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 600_000, noNaN: true }), (value) => {
        const [bucket] = bucketsOf(histogramOf([value]).data())

        expect(Math.abs((bucket?.ms ?? -1) - value)).toBeLessThanOrEqual(value * 0.004 + 0.001)
      }),
    )
  })

  it('says that it knows nothing when nothing was counted', () => {
    const histogram = new Histogram()

    expect(histogram.percentileMs(0.5)).toBeNaN()
    expect(histogram.averageMs).toBeNaN()
  })

  it('starts anew when it is cleared', () => {
    const histogram = histogramOf([5, 10])

    histogram.clear()

    expect(histogram.data()).toEqual({ count: 0, sumMs: 0, maxMs: 0, counts: [] })
  })
})
