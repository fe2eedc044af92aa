import { total } from '../measure/errors.ts'
import { Histogram } from '../measure/histogram.ts'
import type { RequestSecond } from '../measure/recorder.ts'

/** What is compared of two runs. Times in ms. */
export const comparedFigures = [
  'average',
  'p50',
  'p90',
  'p95',
  'p99',
  'requests/s',
  'errors',
] as const
export type ComparedFigure = (typeof comparedFigures)[number]
export type Sample = Readonly<Record<ComparedFigure, number>>

/** The figures of some whole seconds; `times` says how often each is counted. */
export function sampleOf(seconds: readonly RequestSecond[], times?: readonly number[]): Sample {
  const histogram = new Histogram()
  let errors = 0
  let counted = 0
  for (const [at, second] of seconds.entries()) {
    const weight = times?.[at] ?? (times === undefined ? 1 : 0)
    if (weight === 0) continue
    histogram.merge(second.durations, weight)
    errors += total(second.errors) * weight
    counted += weight
  }
  const { count } = histogram
  return {
    average: histogram.averageMs,
    p50: histogram.percentileMs(0.5),
    p90: histogram.percentileMs(0.9),
    p95: histogram.percentileMs(0.95),
    p99: histogram.percentileMs(0.99),
    'requests/s': count / Math.max(1, counted),
    errors: errors / Math.max(1, count),
  }
}

/**
 * Figures of made-up runs: each draws as many seconds as there are, with replacement (the bootstrap, with a second
 * as its block, since requests of one second resemble each other).
 */
export function resample(
  seconds: readonly RequestSecond[],
  rounds: number,
  random: () => number,
): Sample[] {
  return Array.from({ length: rounds }, () => {
    const times = seconds.map(() => 0)
    for (let draw = 0; draw < seconds.length; draw++) {
      const at = Math.floor(random() * seconds.length)
      times[at] = (times[at] ?? 0) + 1
    }
    return sampleOf(seconds, times)
  })
}

export type Interval = readonly [low: number, high: number]

/** The middle 95 % of the values; of none at all where some are no numbers. */
export function interval95(values: readonly number[]): Interval | undefined {
  if (values.length === 0 || values.some((value) => Number.isNaN(value))) return undefined
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? 0
  return [at(0.025), at(0.975)]
}
