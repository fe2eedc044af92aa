import { runLoad, summarize, type Plan, type TargetAddress } from '@cloudlet/loadtest'
import type { Ready } from './contender.ts'

/** The figures of the scenario `cargo` under a plan: 16 users who do not wait, unless it says otherwise. */
export async function measured(target: TargetAddress, rest: Partial<Plan>) {
  const plan: Plan = {
    source: { kind: 'shipped', name: 'cargo' },
    target,
    profile: { name: 'fixed', durationMs: 5_000 },
    users: 16,
    delayMs: 0,
    stopOnFailure: false,
    timeoutMs: 30_000,
    connectionsMax: 1_000,
    seed: 1,
    runId: `headroom-${process.pid}-${performance.now().toFixed(0)}`,
    data: [],
    ...rest,
  }
  const outcome = await runLoad(plan, { workers: 1 })
  return summarize(outcome.seconds, outcome.elapsedMs / 1000).all
}

/** Where a cloud takes orders, as the demo user. */
export async function cargoTarget(ready: Ready): Promise<TargetAddress> {
  const answer = await fetch(`${ready.endpoint}/_cloudlet/token?use=access`, { method: 'POST' })
  const { token } = (await answer.json()) as { token: string } // POST /_cloudlet/token
  const base = ready.frontDoor.replace('//localhost', '//127.0.0.1')
  return { base, services: {}, accessToken: token }
}
