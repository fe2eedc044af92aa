import { cpus } from 'node:os'
import { performance } from 'node:perf_hooks'

/** Figures of a shorter time than this say little: the system counts in ticks of 10 ms. */
const WINDOW_MS = 100
/** Processors that idle less than this share of the time count as busy. */
const IDLE_SHARE = 0.4

/**
 * Whether the machine's processors are busy, whoever uses them. Looks when asked, at most once a window; they count as
 * busy until a window has shown otherwise.
 */
export function createLoadGauge(): () => boolean {
  let measuredMs = performance.now()
  let last = processorTimes()
  let isBusy = true
  return () => {
    const nowMs = performance.now()
    if (nowMs - measuredMs < WINDOW_MS) return isBusy
    const now = processorTimes()
    // After a long pause the figures tell of times gone by: begin a new window.
    const isRecent = nowMs - measuredMs < 4 * WINDOW_MS
    isBusy = !isRecent || now.idle - last.idle < (now.all - last.all) * IDLE_SHARE
    measuredMs = nowMs
    last = now
    return isBusy
  }
}

/** Milliseconds that all processors together have idled, and have been there, since the machine started. */
function processorTimes(): { idle: number; all: number } {
  let idle = 0
  let all = 0
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.idle + times.user + times.nice + times.sys + times.irq
  }
  return { idle, all }
}
