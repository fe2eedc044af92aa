import type { Staircase } from '../engine/profile.ts'
import { total } from '../measure/errors.ts'
import type { Second } from '../measure/second.ts'

/** Of the requests of a step, above which the size is found: Molotov's `--sizing-tolerance`. */
export const ERRORS_TOLERATED = 0.05
const STEP_MS = 5000
const GROWTH = 1.5
const HOUR_MS = 3_600_000

/** The profile that grows until errors end it, or until all of `usersMax` are there. */
export const sizing = (usersFirst: number, usersMax: number): Staircase => ({
  name: 'staircase',
  durationMs: HOUR_MS,
  stepMs: STEP_MS,
  firstShare: usersFirst / usersMax,
  growth: GROWTH,
})

export type Step = {
  readonly users: number
  readonly perSecond: number
  readonly errorRate: number
}

/** Watches a growing run. `onSecond` tells whether to go on; the steps are known afterwards. */
export function sizeFinder(profile: Staircase, usersMax: number) {
  const steps: Step[] = []
  const perStep = profile.stepMs / 1000
  let requests = 0
  let errors = 0
  let seen = 0
  return {
    onSecond(second: Second): boolean {
      const all = Object.values(second.requests)
      requests += all.reduce((sum, each) => sum + each.durations.count, 0)
      errors += all.reduce((sum, each) => sum + total(each.errors), total(second.errors))
      seen++
      if (seen < perStep) return true
      const share = Math.min(1, profile.firstShare * profile.growth ** steps.length)
      const errorRate = errors / Math.max(1, requests)
      steps.push({
        users: Math.max(1, Math.round(share * usersMax)),
        perSecond: requests / perStep,
        errorRate,
      })
      requests = errors = seen = 0
      return errorRate <= ERRORS_TOLERATED && share < 1
    },
    steps: (): readonly Step[] => steps,
    /** The largest step that was still good; undefined when even the first was not. */
    size: (): Step | undefined => steps.findLast((step) => step.errorRate <= ERRORS_TOLERATED),
  }
}
