import type { Clock } from '../../kernel/index.ts'
import type { Activity } from './activity.ts'

/** Waits on the clock that end at once when everything is to stop. */
export class Pauses {
  private readonly ends = new Set<() => void>()
  private readonly clock: Clock
  private readonly activity: Activity
  stopped = false

  constructor(clock: Clock, activity: Activity) {
    this.clock = clock
    this.activity = activity
  }

  /** Resolves after `ms`, or when {@link stop} is called. While it waits, nothing counts as under way. */
  async pause(ms: number): Promise<void> {
    if (this.stopped || ms <= 0) return
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel()
        this.ends.delete(end)
        this.activity.begin()
        resolve()
      }
      const cancel = this.clock.after(ms, end)
      this.ends.add(end)
      this.activity.end()
    })
  }

  stop(): void {
    this.stopped = true
    for (const end of this.ends) end()
  }
}
