import type { Worker } from 'node:worker_threads'
import { windowGauge } from './window-gauge.ts'

/** A thread that is active for less than this share of the time is waiting for something else. */
const ACTIVE_SHARE = 0.2

/**
 * Whether a thread mostly waits (for a timer, the network, another function) instead of using a processor. It counts as
 * active until a window has shown otherwise.
 */
export const createWaitingGauge = ({ performance }: Worker): (() => boolean) =>
  windowGauge(
    () => performance.eventLoopUtilization(),
    (before, now) => performance.eventLoopUtilization(now, before).utilization < ACTIVE_SHARE,
    false,
  )
