import { total, type ErrorCounts } from './errors.ts'
import { merged } from './histogram.ts'
import type { RequestSecond } from './recorder.ts'
import { joinCounts, joinRequests, type Second } from './second.ts'

/** The figures of a request, or of all. Times in ms; 0 where nothing was counted. */
export type Figures = {
  readonly count: number
  readonly perSecond: number
  readonly averageMs: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Requests that failed: a status of 400 and above, or no answer. */
  readonly failed: number
  /** Of all errors, checks and the scenario's own included, to all requests: 0.01 is 1 %. */
  readonly errorRate: number
  readonly errors: ErrorCounts
}

export type Summary = {
  readonly all: Figures
  readonly requests: Readonly<Record<string, Figures>>
  readonly iterations: number
  /** How long the figures are of, in seconds. */
  readonly seconds: number
}

/**
 * The figures of a run.
 *
 * @param seconds without those of the warm-up
 * @param lengthS how long they are; the last second of a run is seldom a whole one
 */
export function summarize(seconds: readonly Second[], lengthS: number): Summary {
  const parts = new Map<string, RequestSecond[]>()
  for (const second of seconds) {
    for (const [name, request] of Object.entries(second.requests)) {
      const known = parts.get(name)
      if (known === undefined) parts.set(name, [request])
      else known.push(request)
    }
  }
  const requests = [...parts].map(([name, all]) => [name, joinRequests(all)] as const)
  const whole = joinRequests(requests.map(([, each]) => each))
  const loose = joinCounts(seconds.map((second) => second.errors))
  return {
    all: figuresOf({ ...whole, errors: joinCounts([whole.errors, loose]) }, lengthS),
    requests: Object.fromEntries(
      requests
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, each]) => [name, figuresOf(each, lengthS)]),
    ),
    iterations: seconds.reduce((sum, second) => sum + second.iterations, 0),
    seconds: lengthS,
  }
}

export function figuresOf({ durations, errors }: RequestSecond, lengthS: number): Figures {
  const histogram = merged([durations])
  const { count } = histogram
  const at = (share: number): number => (count === 0 ? 0 : histogram.percentileMs(share))
  const answered = Object.entries(errors).filter(([key]) => /^(http|transport) /.test(key))
  return {
    count,
    perSecond: lengthS > 0 ? count / lengthS : 0,
    averageMs: count === 0 ? 0 : histogram.averageMs,
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: histogram.maxMs,
    failed: total(Object.fromEntries(answered)),
    errorRate: total(errors) / Math.max(1, count),
    errors,
  }
}
