import type { Model } from './closed-model.ts'
import { shapeOf } from './profile.ts'
import type { Plan, Seat } from './plan.ts'
import { virtualUser, type Stage } from './virtual-user.ts'

/** With less than this share of the rate, the next arrival is looked for again a moment later. */
const SHARE_MIN = 0.001
const LOOK_AGAIN_MS = 10

/**
 * The times at which iterations should begin: `rate` a second, times the share that the profile gives.
 * A generator of its own for every worker, all with the same times.
 */
export function* arrivalTimes(plan: Plan): Generator<number, void> {
  const shape = shapeOf(plan.profile)
  const rate = plan.rate ?? 0
  let atMs = 0
  while (atMs < plan.profile.durationMs) {
    const share = shape(atMs)
    if (share < SHARE_MIN) {
      atMs += LOOK_AGAIN_MS
      continue
    }
    yield atMs
    atMs += 1000 / (rate * share)
  }
}

/**
 * The open model: iterations begin at their times whether or not the earlier ones are done, as customers who know
 * nothing of each other. What starts late, because the generator or all connections were busy, is measured from
 * when it should have started.
 */
export function openModel(plan: Plan, seat: Seat, stage: Stage, startMs: number): Model {
  const times = arrivalTimes(plan)
  const free: ReturnType<typeof virtualUser>[] = []
  const underWay = new Set<Promise<void>>()
  let users = 0
  let serial = 0
  let next = times.next()

  function begin(intendedMs: number): void {
    const user = free.pop() ?? virtualUser(stage, seat.worker + seat.workers * users++)
    const iteration = user.iterate(intendedMs)
    underWay.add(iteration)
    void iteration.finally(() => {
      underWay.delete(iteration)
      free.push(user)
    })
  }

  return {
    tick(elapsedMs) {
      while (next.done !== true && next.value <= elapsedMs) {
        if (serial++ % seat.workers === seat.worker) begin(startMs + next.value)
        next = times.next()
      }
    },
    users: () => underWay.size,
    finished: () => false,
    ended: () => Promise.allSettled(underWay),
  }
}
