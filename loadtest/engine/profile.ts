export const profileNames = ['fixed', 'ramp-up', 'spike', 'peak'] as const
export type ProfileName = (typeof profileNames)[number]

/**
 * How the load changes over a run, as a share (0 to 1) of the most it gets. The forms are those of Postman
 * ("Simulate user load to test your API performance"): fixed; ramp-up from 25 %; spike from 10 % to all and back;
 * peak from 20 % to all, held, and back.
 *
 * @param rampUpMs fixed: grows from nothing for so long. ramp-up: how long until all are there (default: half the run)
 */
export type Profile =
  | { readonly name: ProfileName; readonly durationMs: number; readonly rampUpMs?: number }
  | Staircase

/** Grows step by step: from `firstShare`, by `growth` at every step. For finding how much is too much. */
export type Staircase = {
  readonly name: 'staircase'
  readonly durationMs: number
  readonly stepMs: number
  readonly firstShare: number
  readonly growth: number
}

type Point = readonly [atMs: number, share: number]

function pointsOf({ name, durationMs, rampUpMs }: Exclude<Profile, Staircase>): readonly Point[] {
  const at = (share: number): number => durationMs * share
  switch (name) {
    case 'fixed':
      return rampUpMs === undefined || rampUpMs === 0
        ? [[0, 1]]
        : [
            [0, 0],
            [rampUpMs, 1],
          ]
    case 'ramp-up':
      return [
        [0, 0.25],
        [rampUpMs ?? at(0.5), 1],
      ]
    case 'spike':
      return [
        [0, 0.1],
        [at(0.4), 0.1],
        [at(0.5), 1],
        [at(0.6), 0.1],
      ]
    case 'peak':
      return [
        [0, 0.2],
        [at(0.2), 0.2],
        [at(0.4), 1],
        [at(0.6), 1],
        [at(0.8), 0.2],
      ]
  }
}

/** The share at a time of the run; straight lines between the profile's points. */
export function shapeOf(profile: Profile): (elapsedMs: number) => number {
  if (profile.name === 'staircase') {
    const { firstShare, growth, stepMs } = profile
    return (elapsedMs) => Math.min(1, firstShare * growth ** Math.floor(elapsedMs / stepMs))
  }
  const points = pointsOf(profile)
  return (elapsedMs) => {
    let [beforeMs, before] = points[0] ?? [0, 1]
    for (const [atMs, share] of points) {
      if (elapsedMs < atMs) {
        return before + ((share - before) * (elapsedMs - beforeMs)) / (atMs - beforeMs)
      }
      beforeMs = atMs
      before = share
    }
    return before
  }
}

/** Virtual users at a time: at least one while anything is to be sent. */
export const usersAt = (share: number, users: number): number =>
  share <= 0 ? 0 : Math.max(1, Math.round(share * users))
