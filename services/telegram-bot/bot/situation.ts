import type { Message } from 'grammy/types'
import type { Chat, ChatId } from '../domain/chat.ts'
import { languageOf } from '../domain/language.ts'
import type { Language } from '../domain/language.ts'
import type { Draft } from '../domain/job.ts'
import { inOrder } from '../domain/pairing.ts'
import type { Pairing } from '../domain/pairing.ts'
import { chatTitle } from '../domain/sender.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'
import type { Sentences } from '../domain/sentences/sentences.ts'
import type { BotParts } from './ports.ts'

/** A message with all that is known of the place where it was written. */
export type Situation = {
  readonly message: Message
  readonly chat: Chat
  /** The chat differs from what is stored. */
  readonly changed: boolean
  readonly pairings: readonly Pairing[]
  /** The topic of a forum that the message stands in. */
  readonly threadId: number | undefined
  readonly nowMs: number
  readonly sentences: Sentences
}

/** Reads what is known of a message's chat, and notes what the message tells anew. */
export async function situationOf(
  parts: BotParts,
  message: Message,
  hint?: Language,
): Promise<Situation> {
  const stored = await parts.memory.everythingOf(message.chat.id)
  const chat = chatNow(stored.chat, message, hint)
  return {
    message,
    chat,
    changed: stored.chat === undefined || !sameChat(stored.chat, chat),
    pairings: inOrder(stored.pairings),
    threadId: message.is_topic_message === true ? message.message_thread_id : undefined,
    nowMs: parts.environment.now(),
    sentences: sentencesIn(chat.language),
  }
}

/**
 * A chat speaks the language it chose, else that of its person's Telegram (of a group: of who wrote first), until
 * someone uses a command that only Spanish has.
 */
function chatNow(stored: Chat | undefined, message: Message, hint: Language | undefined): Chat {
  const { chat } = message
  const known = stored ?? newChat(chat.id, languageOf(message.from?.language_code))
  return {
    ...known,
    title: chatTitle(chat),
    group: chat.type !== 'private',
    language: known.languageChosen ? known.language : (hint ?? known.language),
    // Whoever writes can be written to.
    reachable: true,
  }
}

const newChat = (id: ChatId, language: Language): Chat => ({
  id,
  title: '',
  group: false,
  language,
  languageChosen: false,
  reachable: true,
  admin: false,
  formerIds: [],
  version: 0,
})

const sameChat = (a: Chat, b: Chat): boolean =>
  a.title === b.title &&
  a.group === b.group &&
  a.language === b.language &&
  a.languageChosen === b.languageChosen &&
  a.active === b.active &&
  a.reachable === b.reachable &&
  a.admin === b.admin

/** An answer to the message, in its chat and topic. */
export const say = (situation: Situation, text: string): Draft => ({
  to: situation.chat.id,
  threadId: situation.threadId,
  action: { kind: 'text', text },
})

/** The other chat's language; ours where it is not known. */
export async function sentencesOf(
  parts: BotParts,
  chat: ChatId,
  otherwise: Language,
): Promise<Sentences> {
  return sentencesIn((await parts.memory.chat(chat))?.language ?? otherwise)
}
