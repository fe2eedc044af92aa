import type { Language } from './language.ts'

/** Telegram's number of a chat: positive for a person, negative for a group. */
export type ChatId = number

/** What the bot remembers of a chat. */
export type Chat = {
  readonly id: ChatId
  readonly title: string
  readonly group: boolean
  readonly language: Language
  /** The language was chosen by /language, and no longer follows the sender's. */
  readonly languageChosen: boolean
  /** The token of the pairing that messages go to, where there are several. */
  readonly active?: string | undefined
  /** False once the bot was blocked or removed. */
  readonly reachable: boolean
  /** The bot administers the group, and so sees every message in it. */
  readonly admin: boolean
  /** Ids that the chat had before it became a supergroup. */
  readonly formerIds: readonly ChatId[]
  /** Counts the writes; 0 for a chat that was never stored. */
  readonly version: number
}

/** A message of a chat. */
export type MessageRef = { readonly chat: ChatId; readonly message: number }

/** True where `id` is the chat's number now, or was before it became a supergroup. */
export const isChat = (chat: Chat, id: unknown): boolean =>
  id === chat.id || chat.formerIds.some((former) => former === id)
