import { total } from '../measure/errors.ts'
import { merged } from '../measure/histogram.ts'
import type { Second } from '../measure/second.ts'

/** A stretch of the run, drawn as one point. */
export type Point = {
  /** Its start, in seconds of the run. */
  readonly second: number
  readonly users: number
  readonly perSecond: number
  readonly errorsPerSecond: number
  /** Undefined where nothing was answered: no data is not zero. */
  readonly p50Ms: number | undefined
  readonly p95Ms: number | undefined
  readonly p99Ms: number | undefined
}

/** Charts of longer runs join several seconds to a point. */
const POINTS_MAX = 300

/** The run as points for charts. Its last second, seldom a whole one, is left out where there are others. */
export function timelineOf(seconds: readonly Second[], lengthS: number): readonly Point[] {
  const whole = seconds.filter((each) => each.second + 1 <= lengthS)
  const shown = whole.length > 0 ? whole : seconds
  const width = Math.ceil(shown.length / POINTS_MAX)
  const points: Point[] = []
  for (let start = 0; start < shown.length; start += width) {
    points.push(pointOf(shown.slice(start, start + width)))
  }
  return points
}

function pointOf(seconds: readonly Second[]): Point {
  const requests = seconds.flatMap((each) => Object.values(each.requests))
  const histogram = merged(requests.map((each) => each.durations))
  const errors = [...requests, ...seconds].reduce((sum, each) => sum + total(each.errors), 0)
  const at = (share: number): number | undefined =>
    histogram.count === 0 ? undefined : histogram.percentileMs(share)
  return {
    second: seconds[0]?.second ?? 0,
    users: Math.max(...seconds.map((each) => each.users)),
    perSecond: histogram.count / seconds.length,
    errorsPerSecond: errors / seconds.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
  }
}
