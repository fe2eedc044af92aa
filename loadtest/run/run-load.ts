import { HttpClient } from '../http/http-client.ts'
import { loadScenario } from '../engine/load-scenario.ts'
import type { Plan } from '../engine/plan.ts'
import type { Report } from '../engine/generator.ts'
import { targetOf } from '../engine/target.ts'
import type { SlowRequest, WorkerSecond } from '../measure/recorder.ts'
import { joinSecond, type Second } from '../measure/second.ts'
import { soloCrew, threadCrew, type Crew } from './crew.ts'

/** What happened, second by second. */
export type Outcome = {
  readonly seconds: readonly Second[]
  readonly slowest: readonly SlowRequest[]
  /** One message for each kind of failure. */
  readonly examples: ReadonlyMap<string, string>
  readonly elapsedMs: number
  readonly startedAt: Date
}

export type RunOptions = {
  /** Worker threads; 0 generates the load in this thread. */
  readonly workers: number
  /** Hears of every second once all workers have told it; `false` ends the run. */
  readonly onSecond?: (second: Second) => boolean | void
  /** Ends the run early. */
  readonly signal?: AbortSignal
}

const SLOWEST_KEPT = 20

/**
 * Runs a plan: set-up, load, tear-down.
 *
 * @throws Error when the scenario cannot be loaded, or its set-up or a worker fails
 */
export async function runLoad(plan: Plan, options: RunOptions): Promise<Outcome> {
  const scenario = await loadScenario(plan.source)
  const client = new HttpClient(plan)
  const now = (): number => performance.now()
  const target = targetOf({
    address: plan.target,
    client,
    prefix: `${plan.runId}-s`,
    now,
    onRequest: () => undefined,
  })
  try {
    const shared = await scenario.setUp?.(target)
    try {
      return await generate(plan, shared, options)
    } finally {
      await scenario.tearDown?.(target, shared)
    }
  } finally {
    client.close()
  }
}

async function generate(plan: Plan, shared: unknown, options: RunOptions): Promise<Outcome> {
  const gathering = gatherer(options.onSecond, () => crew?.stop())
  const startedAt = new Date()
  let crew: Crew | undefined
  gathering.expect(Math.max(1, options.workers))
  crew =
    options.workers === 0
      ? await soloCrew(plan, shared, gathering.take)
      : await threadCrew(plan, options.workers, shared, gathering.take)
  const stop = (): void => crew?.stop()
  options.signal?.addEventListener('abort', stop, { once: true })
  if (options.signal?.aborted === true) stop()
  try {
    await crew.done
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
  return { ...gathering.outcome(), startedAt }
}

/** Joins what the workers report. */
function gatherer(onSecond: RunOptions['onSecond'], stop: () => void) {
  const parts = new Map<number, WorkerSecond[]>()
  const seconds: Second[] = []
  const slowest: SlowRequest[] = []
  const examples = new Map<string, string>()
  const usage = cpuUsage()
  let workers = 1
  let elapsedMs = 0

  function complete(second: number, figures: readonly WorkerSecond[]): void {
    parts.delete(second)
    const joined = joinSecond(second, figures, usage.take())
    seconds.push(joined)
    if (onSecond?.(joined) === false) stop()
  }

  return {
    expect: (count: number): void => void (workers = count),
    take: (_worker: number, report: Report): void => {
      if (report.kind === 'failure') {
        if (!examples.has(report.key)) examples.set(report.key, report.message)
        return
      }
      if (report.kind === 'done') {
        elapsedMs = Math.max(elapsedMs, report.elapsedMs)
        slowest.push(...report.slowest)
        return
      }
      const { second } = report.figures
      const known = [...(parts.get(second) ?? []), report.figures]
      parts.set(second, known)
      if (known.length >= workers) complete(second, known)
    },
    outcome(): Omit<Outcome, 'startedAt'> {
      // Workers end in different seconds: the last seconds lack some of them.
      for (const [second, figures] of parts) complete(second, figures)
      return {
        seconds: seconds.toSorted((a, b) => a.second - b.second),
        slowest: slowest.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_KEPT),
        examples,
        elapsedMs,
      }
    },
  }
}

/** Cores used by this process since the last call. */
function cpuUsage() {
  let used = process.cpuUsage()
  let atMs = performance.now()
  return {
    take(): number {
      const more = process.cpuUsage(used)
      const nowMs = performance.now()
      const cores = (more.user + more.system) / 1000 / Math.max(1, nowMs - atMs)
      used = process.cpuUsage()
      atMs = nowMs
      return cores
    },
  }
}
