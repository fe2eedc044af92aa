import type { Chat } from '../domain/chat.ts'
import type { Counterpart, Job } from '../domain/job.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { Item } from './table.ts'

/** The item's own fields, without the table's. */
function fields(item: Item): Record<string, unknown> {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...own } = item
  return own
}

// Casts, because only this store writes the items, and only these types (chats.ts, queue.ts).
export const readChat = (item: Item): Chat => fields(item) as unknown as Chat
export const readPairing = (item: Item): Pairing => fields(item) as unknown as Pairing
export const readJob = (item: Item): Job => fields(item) as unknown as Job
export const readCounterpart = (item: Item): Counterpart => fields(item) as unknown as Counterpart

export const secondsAfter = (nowMs: number, seconds: number): number =>
  Math.ceil(nowMs / 1000) + seconds
