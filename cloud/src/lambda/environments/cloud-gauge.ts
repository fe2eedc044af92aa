import { performance } from 'node:perf_hooks'
import { windowGauge } from './window-gauge.ts'

/** A thread that is active for more than this share of the time has no more to give. */
const ACTIVE_SHARE = 0.9

/** Whether this thread is at its limit. It counts as free until a window has shown otherwise. */
export const createCloudGauge = (): (() => boolean) =>
  windowGauge(
    () => performance.eventLoopUtilization(),
    (before, now) => performance.eventLoopUtilization(now, before).utilization > ACTIVE_SHARE,
    false,
  )
