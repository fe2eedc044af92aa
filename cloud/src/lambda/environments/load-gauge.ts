import { cpus } from 'node:os'
import { windowGauge } from './window-gauge.ts'

/** Processors that idle less than this share of the time count as busy. */
const IDLE_SHARE = 0.4

/** Whether the machine's processors are busy, whoever uses them. They count as busy until a window has shown otherwise. */
export const createLoadGauge = (): (() => boolean) =>
  windowGauge(
    processorTimes,
    (before, now) => now.idle - before.idle < (now.all - before.all) * IDLE_SHARE,
    true,
  )

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
