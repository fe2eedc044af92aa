import { runLoad, summarize, type Plan, type TargetAddress } from '@cloudlet/loadtest'

/** Iterations of the scenario that the cloud takes a second, at the most. */
export type Saturation = {
  readonly iterationsPerSecond: number
  readonly users: number
  readonly steps: readonly { readonly users: number; readonly iterationsPerSecond: number }[]
}

const WARM_UP_MS = 12_000
const STEP_MS = 5_000
const STEPS: readonly number[] = [8, 16, 32]

/** What all runs of the soak have in common. */
export const soakPlan = (target: TargetAddress, rest: Partial<Plan>): Plan => ({
  source: { kind: 'shipped', name: 'mixed' },
  target,
  profile: { name: 'fixed', durationMs: STEP_MS },
  users: 1,
  delayMs: 0,
  stopOnFailure: false,
  timeoutMs: 30_000,
  connectionsMax: 1_000,
  seed: 1,
  runId: `soak-${process.pid}-${performance.now().toFixed(0)}`,
  data: [],
  ...rest,
})

/** Finds how fast the cloud is at the most: users who do not wait, more of them at each step. */
export async function findSaturation(target: TargetAddress): Promise<Saturation> {
  const rateOf = async (users: number, durationMs: number): Promise<number> => {
    const plan = soakPlan(target, { users, profile: { name: 'fixed', durationMs } })
    const { seconds, elapsedMs } = await runLoad(plan, { workers: 1 })
    return summarize(seconds, elapsedMs / 1000).iterations / (elapsedMs / 1000)
  }
  await rateOf(STEPS[1] ?? 16, WARM_UP_MS)
  const steps: { users: number; iterationsPerSecond: number }[] = []
  for (const users of STEPS) {
    steps.push({ users, iterationsPerSecond: await rateOf(users, STEP_MS) })
  }
  const best = steps.toSorted((a, b) => b.iterationsPerSecond - a.iterationsPerSecond)[0]
  if (best === undefined || best.iterationsPerSecond === 0) {
    throw new Error('The cloud answered nothing: there is no load to take 60 % of.')
  }
  return { ...best, steps }
}
