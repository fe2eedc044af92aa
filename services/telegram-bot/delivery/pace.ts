import { PACE_CHAT, PACE_GROUP, PACE_MARGIN_MS, PACE_OVERALL } from '../domain/limits.ts'

type Window = { readonly count: number; readonly windowMs: number }

/** Keeps calls below Telegram's limits, before it has to refuse them. */
export type Pace = {
  /** Takes the next free moment for `calls` calls to a chat; says how long to wait for it. */
  readonly reserve: (chat: number, calls: number, nowMs: number) => number
}

const CHATS_MAX = 10_000

/** Sliding windows over the moments that were given out: never more than the count within any window. */
export function pace(): Pace {
  const overall: number[] = []
  const chats = new Map<number, number[]>()

  /** The first moment from `fromMs` on at which `calls` more fit into the window. */
  function freeFrom(
    moments: readonly number[],
    limit: Window,
    calls: number,
    fromMs: number,
  ): number {
    // The call that must have left the window before these fit in.
    const blocking = moments.at(-(limit.count - Math.min(calls, limit.count) + 1))
    const free = blocking === undefined ? fromMs : blocking + limit.windowMs + PACE_MARGIN_MS
    return Math.max(fromMs, free)
  }

  function note(moments: number[], limit: Window, calls: number, atMs: number): void {
    for (let each = 0; each < calls; each++) moments.push(atMs)
    if (moments.length > limit.count * 2) moments.splice(0, moments.length - limit.count)
  }

  return {
    reserve(chat, calls, nowMs) {
      const limit = chat < 0 ? PACE_GROUP : PACE_CHAT
      if (chats.size > CHATS_MAX) chats.clear()
      const own = chats.get(chat) ?? []
      chats.set(chat, own)
      const atMs = freeFrom(overall, PACE_OVERALL, calls, freeFrom(own, limit, 1, nowMs))
      note(own, limit, 1, atMs)
      note(overall, PACE_OVERALL, calls, atMs)
      return atMs - nowMs
    },
  }
}
