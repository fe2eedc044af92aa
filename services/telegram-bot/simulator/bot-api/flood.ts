import type { Environment } from '../../bot/ports.ts'
import { tooMany } from './api-error.ts'

/** So many calls within so many milliseconds. */
export type FloodLimit = { readonly count: number; readonly windowMs: number }

export type FloodLimits = {
  readonly overall: FloodLimit
  readonly chat: FloodLimit
  readonly group: FloodLimit
}

/** "My bot is hitting limits, how do I avoid this?": about one a second a chat, 20 a minute a group, 30 a second. */
export const TELEGRAM_LIMITS: FloodLimits = {
  overall: { count: 30, windowMs: 1_000 },
  chat: { count: 3, windowMs: 3_000 },
  group: { count: 20, windowMs: 60_000 },
}

export type FloodControl = {
  /** @throws ApiError 429 with the seconds to wait; a refused call does not count */
  readonly admit: (chat: number, calls: number) => void
  readonly setLimits: (limits: FloodLimits) => void
  readonly limits: () => FloodLimits
  /** Refuses everything for a chat until the time has passed, whatever its calls. */
  readonly holdBack: (chat: number, seconds: number) => void
  /** How many calls were refused. */
  readonly refused: () => number
}

export function floodControl(environment: Environment, initial: FloodLimits): FloodControl {
  let limits = initial
  let refusals = 0
  const overall: number[] = []
  const chats = new Map<number, number[]>()
  const held = new Map<number, number>()

  /** Milliseconds until one more fits. */
  function waitFor(moments: number[], { count, windowMs }: FloodLimit, nowMs: number): number {
    while (moments[0] !== undefined && moments[0] <= nowMs - windowMs) moments.shift()
    const blocking = moments.at(-count)
    return blocking === undefined ? 0 : blocking + windowMs - nowMs
  }

  return {
    limits: () => limits,
    setLimits(next) {
      limits = next
    },
    holdBack: (chat, seconds) => void held.set(chat, environment.now() + seconds * 1000),
    refused: () => refusals,

    admit(chat, calls) {
      const nowMs = environment.now()
      const own = chats.get(chat) ?? []
      chats.set(chat, own)
      const waitMs = Math.max(
        (held.get(chat) ?? 0) - nowMs,
        waitFor(own, chat < 0 ? limits.group : limits.chat, nowMs),
        waitFor(overall, limits.overall, nowMs),
      )
      if (waitMs > 0) {
        refusals++
        throw tooMany(Math.ceil(waitMs / 1000))
      }
      own.push(nowMs)
      for (let each = 0; each < calls; each++) overall.push(nowMs)
    },
  }
}
