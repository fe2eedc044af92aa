import { performance, type EventLoopUtilization } from 'node:perf_hooks'
import type { Worker } from 'node:worker_threads'

const WINDOW_MS = 100
/** A thread that is active for less than this share of the time is waiting for something else. */
const ACTIVE_SHARE = 0.2

/**
 * Whether a thread mostly waits (for a timer, the network, another function) instead of using a processor. Looks when
 * asked, at most once a window; a thread counts as active until a window has shown otherwise.
 */
export function createWaitingGauge(worker: Worker): () => boolean {
  let measuredMs = -Infinity
  let last: EventLoopUtilization | undefined
  let isWaiting = false
  return () => {
    const nowMs = performance.now()
    if (nowMs - measuredMs < WINDOW_MS) return isWaiting
    const current = worker.performance.eventLoopUtilization()
    // After a long pause the figures tell of times gone by: begin a new window.
    const isRecent = nowMs - measuredMs < 4 * WINDOW_MS
    isWaiting =
      isRecent &&
      last !== undefined &&
      worker.performance.eventLoopUtilization(current, last).utilization < ACTIVE_SHARE
    measuredMs = nowMs
    last = current
    return isWaiting
  }
}
