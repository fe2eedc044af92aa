import { Session } from 'node:inspector'
import v8 from 'node:v8'

const MB = 1024 * 1024
/** What Node itself takes in a process of its own, as on Lambda, beyond its JavaScript heap. */
const BASE_MB = 32
const LOOK_EVERY_MS = 250

export type MemoryGauge = {
  /** Looks again if the last look is long enough ago. */
  readonly look: () => void
  readonly usedMbMax: () => number
}

/**
 * Measures one environment's memory. The process's own figures cover all environments, so that only this thread's
 * heap and its buffers count. What grows within one invocation is watched from outside; this sees what invocations
 * leave behind.
 *
 * @param exceeded called when heap and buffers are over the limit
 */
export function createMemoryGauge(limitMb: number, exceeded: () => void): MemoryGauge {
  let maxMb = BASE_MB
  let lookedMs = -Infinity
  function look(): void {
    const nowMs = performance.now()
    if (nowMs - lookedMs < LOOK_EVERY_MS) return
    lookedMs = nowMs
    const { total_physical_size: heap, external_memory: buffers } = v8.getHeapStatistics()
    maxMb = Math.max(maxMb, Math.ceil((heap + buffers) / MB) + BASE_MB)
    if (usedMb() <= limitMb) return
    collectGarbage()
    if (usedMb() > limitMb) exceeded()
  }
  return { look, usedMbMax: () => Math.min(maxMb, limitMb) }
}

function usedMb(): number {
  const { used_heap_size: heap, external_memory: buffers } = v8.getHeapStatistics()
  return (heap + buffers) / MB
}

function collectGarbage(): void {
  const session = new Session()
  session.connect()
  session.post('HeapProfiler.collectGarbage')
  session.disconnect()
}
