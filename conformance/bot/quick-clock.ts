import { setInterval as tick, clearInterval } from 'node:timers'

/** Time that passes faster than ours, the same for the bot and the Telegram that it talks to. */
export type QuickClock = {
  readonly now: () => number
  readonly sleep: (ms: number, unless?: AbortSignal) => Promise<void>
  readonly random: () => number
  /** Lets so many milliseconds pass at once. */
  readonly skip: (ms: number) => void
  readonly stop: () => void
}

const STEP_MS = 40

/** A clock that moves on 40 ms with each millisecond or so of ours: what waits for seconds is tested in moments. */
export function quickClock(startMs = Date.UTC(2026, 10, 21, 10)): QuickClock {
  let nowMs = startMs
  let sleepers: { readonly dueMs: number; readonly wake: () => void }[] = []
  const timer = tick(() => {
    nowMs += STEP_MS
    const due = sleepers.filter((each) => each.dueMs <= nowMs)
    sleepers = sleepers.filter((each) => each.dueMs > nowMs)
    for (const each of due.toSorted((a, b) => a.dueMs - b.dueMs)) each.wake()
  }, 1)
  timer.unref()
  return {
    now: () => nowMs,
    sleep: (ms, unless) =>
      new Promise((wake) => {
        if (unless?.aborted === true) return wake()
        const sleeper = { dueMs: nowMs + ms, wake }
        sleepers.push(sleeper)
        const end = (): void => {
          sleepers = sleepers.filter((each) => each !== sleeper)
          wake()
        }
        unless?.addEventListener('abort', end, { once: true })
      }),
    random: () => 0.5,
    skip(ms) {
      nowMs += ms
    },
    stop: () => clearInterval(timer),
  }
}
