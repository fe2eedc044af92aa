import { sourceOf } from '../measure/errors.ts'
import { merged } from '../measure/histogram.ts'
import { joinCounts, type Second } from '../measure/second.ts'

const columns = [
  'second',
  'request',
  'users',
  'count',
  'average_ms',
  'p50_ms',
  'p90_ms',
  'p95_ms',
  'p99_ms',
  'max_ms',
  'errors_http',
  'errors_transport',
  'errors_check',
  'errors_scenario',
  'generator_busy',
  'generator_lag_ms',
]

/** A line a second and request, and one for all (`*`), as RFC 4180 has it. */
export function csvOf(seconds: readonly Second[]): string {
  const lines = seconds.flatMap((second) => {
    const all = {
      durations: merged(Object.values(second.requests).map((each) => each.durations)).data(),
      errors: joinCounts([
        ...Object.values(second.requests).map((each) => each.errors),
        second.errors,
      ]),
    }
    return [['*', all] as const, ...Object.entries(second.requests)].map(([name, request]) => {
      const histogram = merged([request.durations])
      const ms = (value: number): string => (histogram.count === 0 ? '' : value.toFixed(3))
      const errors = (source: string): number =>
        Object.entries(request.errors)
          .filter(([key]) => sourceOf(key) === source)
          .reduce((sum, [, count]) => sum + count, 0)
      return [
        second.second,
        name,
        second.users,
        histogram.count,
        ms(histogram.averageMs),
        ...[0.5, 0.9, 0.95, 0.99].map((share) => ms(histogram.percentileMs(share))),
        ms(histogram.maxMs),
        ...['http', 'transport', 'check', 'scenario'].map(errors),
        second.busy.toFixed(3),
        second.lagMs.toFixed(1),
      ]
    })
  })
  return [columns, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

const cell = (value: string | number): string => {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
