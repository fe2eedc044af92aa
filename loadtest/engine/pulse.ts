import { performance as loop } from 'node:perf_hooks'

/** A timer that also tells how late it was and how busy the event loop was. */
export function startPulse(everyMs: number, beat: (elapsedMs: number) => void) {
  const startMs = performance.now()
  let expectedMs = startMs + everyMs
  let lagMs = 0
  let utilisation = loop.eventLoopUtilization()
  const timer = setInterval(() => {
    const nowMs = performance.now()
    lagMs = Math.max(lagMs, nowMs - expectedMs)
    expectedMs = nowMs + everyMs
    beat(nowMs - startMs)
  }, everyMs)
  return {
    stop: () => clearInterval(timer),
    /** Since the last call. */
    take() {
      const current = loop.eventLoopUtilization()
      const busy = loop.eventLoopUtilization(current, utilisation).utilization
      const taken = { busy, lagMs }
      utilisation = current
      lagMs = 0
      return taken
    },
  }
}
