import type { Update } from 'grammy/types'
import { conflict } from '../bot-api/api-error.ts'
import type { World } from '../world/world.ts'

const UPDATES_MAX = 100
const WAIT_SECONDS_MAX = 50

export type Poll = {
  readonly offset: number | undefined
  readonly limit: number | undefined
  readonly timeoutSeconds: number | undefined
  /** The caller went away. */
  readonly gone: AbortSignal
}

/** Answers getUpdates: at once where there is something, else when something comes or the time is up. */
export function updatePolling(world: World): (poll: Poll) => Promise<readonly Update[]> {
  let terminate: ((error: Error) => void) | undefined

  return async ({ offset, limit = UPDATES_MAX, timeoutSeconds = 0, gone }) => {
    // The earlier of two pollers is sent away.
    terminate?.(
      conflict(
        'terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    )
    terminate = undefined
    if (offset !== undefined && offset > 0) world.confirmUpdates(offset)
    const take = (): readonly Update[] =>
      world.updates().slice(0, Math.min(UPDATES_MAX, Math.max(1, limit)))
    if (take().length > 0 || timeoutSeconds <= 0) return take()
    const own = new Promise<never>((_resolve, reject) => {
      terminate = reject
    })
    const waiting = terminate
    const over = new AbortController()
    const end = (): void => over.abort()
    gone.addEventListener('abort', end)
    const longestMs = Math.min(WAIT_SECONDS_MAX, timeoutSeconds) * 1000
    try {
      await Promise.race([
        own,
        change(world, over.signal),
        world.environment.sleep(longestMs, over.signal),
      ])
    } finally {
      gone.removeEventListener('abort', end)
      end()
      if (terminate === waiting) terminate = undefined
    }
    return gone.aborted ? [] : take()
  }
}

/** The next update, or the end of the wait. */
const change = (world: World, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stop()
      resolve()
    }
    const stop = world.onChange(() => {
      if (world.updates().length > 0) done()
    })
    over.addEventListener('abort', done, { once: true })
  })
