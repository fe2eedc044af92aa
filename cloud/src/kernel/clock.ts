/** Time comes in through this port, so that no test has to wait (invariant 6). */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Runs `action` once after `delayMs`; the returned function cancels it. Never keeps the process alive. */
  readonly after: (delayMs: number, action: () => void) => () => void
}

const TIMER_MS_MAX = 2_147_483_647

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, delayMs), TIMER_MS_MAX))
    timer.unref()
    return () => clearTimeout(timer)
  },
}

export type ManualClock = Clock & {
  /** Moves time on by `ms`, running what falls due on the way, in order of its time. */
  readonly advance: (ms: number) => void
}

/** A clock that stands still until it is told to move: for tests, and for replaying. */
export function manualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs
  let serial = 0
  const timers = new Map<number, { dueMs: number; action: () => void }>()

  function nextDue(limitMs: number): number | undefined {
    let found: number | undefined
    for (const [id, timer] of timers) {
      if (timer.dueMs > limitMs) continue
      const best = found === undefined ? undefined : timers.get(found)
      if (best === undefined || timer.dueMs < best.dueMs) found = id
    }
    return found
  }

  return {
    now: () => nowMs,
    after(delayMs, action) {
      const id = serial++
      timers.set(id, { dueMs: nowMs + Math.max(0, delayMs), action })
      return () => void timers.delete(id)
    },
    advance(ms) {
      const limitMs = nowMs + ms
      for (let id = nextDue(limitMs); id !== undefined; id = nextDue(limitMs)) {
        const timer = timers.get(id)
        timers.delete(id)
        if (timer === undefined) continue
        nowMs = Math.max(nowMs, timer.dueMs)
        timer.action()
      }
      nowMs = limitMs
    },
  }
}
