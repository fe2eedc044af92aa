import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { ExecutionEnvironment } from './execution-environment.ts'

/** Figures of a shorter time than this say little. */
const WINDOW_MS = 20
/** From here on processors count as busy. */
const BUSY_SHARE = 0.85

/**
 * Whether the processors are kept busy by this thread and the given environments, so that more environments
 * would only share what there is. One that is starting takes a processor as well.
 */
export type LoadGauge = (environments: Iterable<ExecutionEnvironment>) => boolean

export function createLoadGauge(): LoadGauge {
  const processors = availableParallelism()
  let measuredMs = -Infinity
  let busy = false
  let last = performance.eventLoopUtilization()
  return (environments) => {
    const nowMs = performance.now()
    if (nowMs - measuredMs < WINDOW_MS) return busy
    measuredMs = nowMs
    const now = performance.eventLoopUtilization()
    let used = performance.eventLoopUtilization(now, last).utilization
    last = now
    for (const environment of environments) {
      used += environment.state === 'ready' ? environment.takeUtilization() : 1
    }
    busy = used >= processors * BUSY_SHARE
    return busy
  }
}
