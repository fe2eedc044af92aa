import type { ChatId } from './chat.ts'
import type { Filter } from './filters.ts'

/** One of the two chats of a pairing. */
export type Side = {
  readonly chat: ChatId
  /** The topic of a forum; messages outside it are no part of the pairing. */
  readonly threadId?: number | undefined
  readonly title: string
}

/** Two chats that a token pairs. Kept under each of them, always both alike. */
export type Pairing = {
  readonly token: string
  readonly sides: readonly [Side, Side]
  /** The chats that paused it; while there is one, nothing is relayed. */
  readonly pausedBy: readonly ChatId[]
  readonly filters: readonly Filter[]
  /** Milliseconds since the epoch; absent where the token does not expire. */
  readonly endsAt?: number | undefined
  /** ISO 8601. */
  readonly since: string
  /** Counts the writes. */
  readonly version: number
}

export const ownSide = (pairing: Pairing, chat: ChatId): Side =>
  pairing.sides[0].chat === chat ? pairing.sides[0] : pairing.sides[1]

export const peerSide = (pairing: Pairing, chat: ChatId): Side =>
  pairing.sides[0].chat === chat ? pairing.sides[1] : pairing.sides[0]

export const hasEnded = (pairing: Pairing, nowMs: number): boolean =>
  pairing.endsAt !== undefined && pairing.endsAt <= nowMs

/**
 * The pairing that a chat's message goes to: the one whose message it answers, else the chosen one, else the
 * newest; of a forum, only those of the topic.
 */
export function chosenPairing(
  pairings: readonly Pairing[],
  place: { chat: ChatId; threadId?: number | undefined; active?: string | undefined },
  answeredToken?: string,
): Pairing | undefined {
  const here = pairings.filter((pairing) => {
    const { threadId } = ownSide(pairing, place.chat)
    return threadId === undefined || threadId === place.threadId
  })
  const byAge = here.toSorted((a, b) => (a.since < b.since ? 1 : -1))
  return (
    here.find((pairing) => pairing.token === answeredToken) ??
    here.find((pairing) => pairing.token === place.active) ??
    byAge[0]
  )
}

/** A chat's pairings in the order in which /status numbers them. */
export const inOrder = (pairings: readonly Pairing[]): readonly Pairing[] =>
  pairings.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))

/** The pairing under another number of one of its chats. */
export function movedPairing(pairing: Pairing, from: ChatId, to: ChatId): Pairing {
  const move = (side: Side): Side => (side.chat === from ? { ...side, chat: to } : side)
  const [first, second] = pairing.sides
  return {
    ...pairing,
    sides: [move(first), move(second)],
    pausedBy: pairing.pausedBy.map((chat) => (chat === from ? to : chat)),
  }
}
