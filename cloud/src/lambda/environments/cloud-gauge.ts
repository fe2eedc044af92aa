import { performance } from 'node:perf_hooks'

const WINDOW_MS = 100
/** A thread that is active for more than this share of the time has no more to give. */
const ACTIVE_SHARE = 0.9

/** Whether this thread is at its limit. Looks when asked, at most once a window. */
export function createCloudGauge(): () => boolean {
  let measuredMs = performance.now()
  let last = performance.eventLoopUtilization()
  let isBusy = false
  return () => {
    const nowMs = performance.now()
    if (nowMs - measuredMs < WINDOW_MS) return isBusy
    const current = performance.eventLoopUtilization()
    // After a long pause the figures tell of times gone by: begin a new window.
    const isRecent = nowMs - measuredMs < 4 * WINDOW_MS
    isBusy = isRecent && performance.eventLoopUtilization(current, last).utilization > ACTIVE_SHARE
    measuredMs = nowMs
    last = current
    return isBusy
  }
}
