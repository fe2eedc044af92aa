import { setTimeout as wait } from 'node:timers/promises'
import type { Environment } from './ports.ts'

/** The machine's time and chance. */
export const liveEnvironment: Environment = {
  now: () => Date.now(),
  sleep: (ms) => wait(ms),
  random: () => Math.random(),
}
