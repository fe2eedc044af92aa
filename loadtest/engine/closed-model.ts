import { shapeOf, usersAt } from './profile.ts'
import type { Plan, Seat } from './plan.ts'
import { virtualUser, type Stage } from './virtual-user.ts'

/** What drives the users of one worker. */
export type Model = {
  /** Called every few milliseconds with the time since the start of the run. */
  readonly tick: (elapsedMs: number) => void
  readonly users: () => number
  /** Nothing is left to do, although there is time. */
  readonly finished: () => boolean
  /** Resolves when every user has ended its step; call it when the run is over. */
  readonly ended: () => Promise<unknown>
}

/**
 * The closed model: each user waits for its answers and thinks before it goes on, as a person does. A slower server
 * therefore gets fewer requests.
 */
export function closedModel(plan: Plan, seat: Seat, stage: Stage): Model {
  const shape = shapeOf(plan.profile)
  const runsMax = plan.runs ?? Number.POSITIVE_INFINITY
  const members = new Map<
    number,
    { readonly run: () => Promise<void>; active: boolean; runs: number }
  >()
  const loops = new Set<Promise<void>>()
  let wanted = 0

  function memberOf(id: number) {
    const known = members.get(id)
    if (known !== undefined) return known
    const user = virtualUser(stage, id)
    const goesOn = (): boolean => !stage.over() && id < wanted && member.runs < runsMax
    const member = {
      active: false,
      runs: 0,
      async run(): Promise<void> {
        while (goesOn()) {
          member.runs++
          await user.iterate()
        }
        member.active = false
      },
    }
    members.set(id, member)
    return member
  }

  return {
    tick(elapsedMs) {
      wanted = usersAt(shape(elapsedMs), plan.users)
      for (let id = seat.worker; id < wanted; id += seat.workers) {
        const member = memberOf(id)
        if (member.active || member.runs >= runsMax) continue
        member.active = true
        const loop = member.run()
        loops.add(loop)
        void loop.finally(() => loops.delete(loop))
      }
    },
    users: () => loops.size,
    finished: () => {
      if (plan.runs === undefined || loops.size > 0) return false
      for (let id = seat.worker; id < plan.users; id += seat.workers) {
        if ((members.get(id)?.runs ?? 0) < runsMax) return false
      }
      return true
    },
    ended: () => Promise.allSettled(loops),
  }
}
