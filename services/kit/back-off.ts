export type BackOff = {
  readonly attemptsMax: number
  /** The longest first wait; each further one may be twice as long, up to `waitMsMax`. */
  readonly waitMs: number
  readonly waitMsMax: number
  readonly sleep?: (ms: number) => Promise<void>
  /** A number from 0 (included) to 1 (excluded). */
  readonly random?: () => number
}

const sleepFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Runs `action` until it succeeds, fails for good (`mayRetry` says no) or was tried `attemptsMax` times.
 * Waits are random from zero up, so that those who collided do not collide again
 * ("Exponential Backoff And Jitter", AWS Architecture Blog).
 */
export async function backingOff<Result>(
  action: () => Promise<Result>,
  mayRetry: (error: unknown) => boolean,
  { attemptsMax, waitMs, waitMsMax, sleep = sleepFor, random = Math.random }: BackOff,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      if (attempt >= attemptsMax || !mayRetry(error)) throw error
      await sleep(random() * Math.min(waitMsMax, waitMs * 2 ** (attempt - 1)))
    }
  }
}
