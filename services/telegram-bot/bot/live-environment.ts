import { setTimeout as wait } from 'node:timers/promises'
import type { Environment } from './ports.ts'

/** The machine's time and chance. */
export const liveEnvironment: Environment = {
  now: () => Date.now(),
  sleep: async (ms, unless) => {
    try {
      await wait(ms, undefined, unless === undefined ? {} : { signal: unless })
    } catch (error) {
      if (unless?.aborted !== true) throw error
    }
  },
  random: () => Math.random(),
}
