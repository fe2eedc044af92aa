import { runLoad } from '@cloudlet/loadtest'
import { join } from 'node:path'
import { summarize } from '@cloudlet/loadtest'

/** `cloudlet load` without the terminal, in a process of its own: prints requests a second and percentiles as JSON. */
const [base = '', users = '32', seconds = '3'] = process.argv.slice(2)
const outcome = await runLoad(
  {
    source: { kind: 'module', file: join(import.meta.dirname, 'load-scenario.mjs') },
    target: { base, services: {} },
    profile: { name: 'fixed', durationMs: Number(seconds) * 1000 },
    users: Number(users),
    delayMs: 0,
    stopOnFailure: false,
    timeoutMs: 10_000,
    connectionsMax: 10_000,
    seed: 1,
    runId: 'bench',
    data: [],
  },
  { workers: 1 },
)
const { all } = summarize(outcome.seconds, outcome.elapsedMs / 1000)
console.log(
  JSON.stringify({
    perSecond: all.perSecond,
    p50Ms: all.p50Ms,
    p99Ms: all.p99Ms,
    failed: all.failed,
  }),
)
