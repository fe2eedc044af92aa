import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'

/**
 * V8 keeps its heap as large as the last work made it, and in it what that work left behind, until there is more work:
 * 40 MB after a hundred thousand writes. This gives them back once the process has had nothing to do for some seconds.
 */
export function giveMemoryBackAtRest(): void {
  if (!process.features.inspector) return // Node.js can be built without it
  const rest = new Rest(heapMb())
  let before = performance.eventLoopUtilization()
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (rest.isDue(utilization, heapMb())) void collectGarbage().then(() => rest.done(heapMb()))
  }, 1000).unref()
}

/** Tells when to collect: after some quiet seconds, if the heap has grown since the last time. */
export class Rest {
  private restedMb: number
  private secondsQuiet = 0

  /** @param heapMb what the heap has at first */
  constructor(heapMb: number) {
    this.restedMb = heapMb
  }

  /**
   * To be asked once a second.
   *
   * @param utilization of that second: 1 when the event loop was never idle
   * @param heapMb what the heap has now
   */
  isDue(utilization: number, heapMb: number): boolean {
    this.secondsQuiet = utilization > utilizationQuiet ? 0 : this.secondsQuiet + 1
    if (this.secondsQuiet < quietSeconds || heapMb > heapMbMax) return false
    if (heapMb < this.restedMb + growthMbMin) return false
    this.secondsQuiet = 0
    return true
  }

  /** @param heapMb what the heap has after it was collected */
  done(heapMb: number): void {
    this.restedMb = heapMb
  }
}

const utilizationQuiet = 0.05
/** A shorter pause is part of the work: the first tenth of a second after a rest is slower. */
const quietSeconds = 10
/** Less is not worth the 20 ms that it takes. */
const growthMbMin = 8
/** A larger heap holds data: to look through all of it would take long and free little. */
const heapMbMax = 256

/** What V8 holds for the heap and for the memory of buffers. */
export function heapMb(): number {
  const { heapTotal, external } = process.memoryUsage()
  return (heapTotal + external) / 1024 / 1024
}

/** The one way without an option at the start ("Chrome DevTools Protocol", HeapProfiler.collectGarbage). */
export async function collectGarbage(): Promise<void> {
  const { Session } = process.getBuiltinModule('node:inspector') // not before it is needed: 1 ms of the start
  const session = new Session()
  session.connect()
  await new Promise((resolve) => {
    session.post('HeapProfiler.collectGarbage', resolve)
  })
  await setImmediate() // the answer comes from within the collection, which ended at once would never return
  session.disconnect()
}
