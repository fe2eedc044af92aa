import type { ChatId, MessageRef } from '../domain/chat.ts'

/*
 * The one table. Partition key `pk`, sort key `sk`, time to live `expiresAt` (seconds).
 *
 *   pk                      sk                what
 *   chat#<chat>             chat              what the bot remembers of the chat
 *   chat#<chat>             pairing#<token>   a pairing of it; the same item stands under the other chat
 *   token#<token>           issued            who asked for a token that pairs nobody yet: chat, topic, name
 *   update#<bot>#<update>   handled           an update that was handled: it is not handled again (time to live)
 *   message#<chat>#<id>     counterpart       where a relayed message stands in the other chat (time to live)
 *   album#<chat>#<group>    job               the queued job that an album's next pieces join (time to live)
 *   lanes                   <chat>            a chat with queued jobs; written with each new job, so that the
 *                                             table's stream tells whoever delivers
 *   lane#<chat>             job#<key>         a queued job; keys are in order
 *   lane#<chat>             lease             who delivers the chat's jobs just now
 *   bot#<bot>               me                what getMe said, so that a cold start need not ask (time to live)
 */

export type Key = { readonly pk: string; readonly sk: string }

/** The partition of the lanes: what the stream's filter looks for. */
export const LANES = 'lanes'

export const chatKey = (chat: ChatId): Key => ({ pk: `chat#${chat}`, sk: 'chat' })
export const pairingKey = (chat: ChatId, token: string): Key => ({
  pk: `chat#${chat}`,
  sk: `pairing#${token}`,
})
export const issuedKey = (token: string): Key => ({ pk: `token#${token}`, sk: 'issued' })
export const updateKey = (bot: number, update: number): Key => ({
  pk: `update#${bot}#${update}`,
  sk: 'handled',
})
export const messageKey = ({ chat, message }: MessageRef): Key => ({
  pk: `message#${chat}#${message}`,
  sk: 'counterpart',
})
export const albumKey = (chat: ChatId, group: string): Key => ({
  pk: `album#${chat}#${group}`,
  sk: 'job',
})
export const laneKey = (chat: ChatId): Key => ({ pk: LANES, sk: String(chat) })
export const jobKey = (chat: ChatId, key: string): Key => ({ pk: `lane#${chat}`, sk: `job#${key}` })
export const leaseKey = (chat: ChatId): Key => ({ pk: `lane#${chat}`, sk: 'lease' })
export const botKey = (bot: number): Key => ({ pk: `bot#${bot}`, sk: 'me' })

const UPDATE_DIGITS = 12

/** Jobs of one update, in order, after those of every update before it. */
export const jobOrder = (update: number, at: number): string =>
  followingOrder(String(update).padStart(UPDATE_DIGITS, '0'), at)

/** Jobs that follow from the job of a key, in order, before those that come after it. */
export const followingOrder = (key: string, at: number): string =>
  `${key}-${String(at).padStart(3, '0')}`
