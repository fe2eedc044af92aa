import { performance } from 'node:perf_hooks'

/** Figures of a shorter time than this say little: the system counts in ticks of 10 ms. */
const WINDOW_MS = 100
/** After a longer pause the figures tell of times gone by. */
const RECENT_MS = 4 * WINDOW_MS

/**
 * A yes or no about what has just been going on, from two samples of counters that only grow. Looks when asked, at most
 * once a window.
 *
 * @param isSo what the time between two samples shows
 * @param unknown the answer until a window has shown something, and again after a long pause
 */
export function windowGauge<Sample>(
  sample: () => Sample,
  isSo: (before: Sample, now: Sample) => boolean,
  unknown: boolean,
): () => boolean {
  let last: { readonly atMs: number; readonly sample: Sample } | undefined
  let answer = unknown
  return () => {
    const atMs = performance.now()
    if (last !== undefined && atMs - last.atMs < WINDOW_MS) return answer
    const now = sample()
    answer = last !== undefined && atMs - last.atMs < RECENT_MS ? isSo(last.sample, now) : unknown
    last = { atMs, sample: now }
    return answer
  }
}
