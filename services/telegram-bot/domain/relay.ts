import type { Message, MessageEntity } from 'grammy/types'
import type { Chat, MessageRef } from './chat.ts'
import { fileOf, hasCaption, kindOf, wordsOf } from './content.ts'
import type { Kind } from './content.ts'
import type { Counterpart, Draft, TextPart } from './job.ts'
import { ALBUM_WAIT_MS, CAPTION_CHARACTERS_MAX } from './limits.ts'
import { peerSide } from './pairing.ts'
import type { Pairing } from './pairing.ts'
import { splitText, withoutControls } from './plain-text.ts'
import { senderName } from './sender.ts'
import type { Sentences } from './sentences/sentences.ts'

export const refOf = (message: Message): MessageRef => ({
  chat: message.chat.id,
  message: message.message_id,
})

/** Custom emoji are only shown by bots that bought a name for it; in others the whole message is refused. */
const RELAYED_ENTITIES: ReadonlySet<MessageEntity['type']> = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
  'pre',
  'text_link',
])

/** `Name: text` with the formatting moved along, in parts that a message can hold. */
export function namedParts(name: string, words: ReturnType<typeof wordsOf>): TextPart[] {
  const { text, entities } = named(name, words)
  let from = 0
  return splitText(text).map((part) => {
    const start = text.indexOf(part, from)
    from = start + part.length
    return { text: part, entities: within(entities, start, from) }
  })
}

function named(name: string, words: ReturnType<typeof wordsOf>): TextPart {
  const body = withoutControls(words.text)
  const head = body === '' ? name : `${name}: `
  return {
    text: head + body,
    entities: [
      { type: 'bold', offset: 0, length: name.length },
      ...words.entities
        .filter((entity) => RELAYED_ENTITIES.has(entity.type))
        .map((entity) => ({ ...entity, offset: entity.offset + head.length })),
    ],
  }
}

/** The formatting between two places of a text, as offsets from the first. */
function within(entities: readonly MessageEntity[], from: number, to: number): MessageEntity[] {
  return entities.flatMap((entity) => {
    const start = Math.max(entity.offset, from)
    const end = Math.min(entity.offset + entity.length, to)
    return end > start ? [{ ...entity, offset: start - from, length: end - start }] : []
  })
}

type Relaying = {
  readonly message: Message
  readonly chat: Chat
  readonly pairing: Pairing
  /** In the language of the chat that receives. */
  readonly sentences: Sentences
  readonly nowMs: number
}

/** What relays a new message; undefined where Telegram lets nobody copy it. */
export function relayDrafts(relaying: Relaying): readonly Draft[] | undefined {
  const { message, chat, pairing } = relaying
  const kind = kindOf(message)
  if (kind === undefined) return undefined
  const peer = peerSide(pairing, chat.id)
  const answered = message.reply_to_message
  const base = {
    to: peer.chat,
    threadId: peer.threadId,
    // In a forum, a message that answers nothing answers the topic's first one.
    replyTo:
      answered === undefined || answered.forum_topic_created !== undefined
        ? undefined
        : { ...refOf(answered), ours: answered.from?.is_bot },
    relays: relayedBy(relaying),
  }
  if (kind === 'text') {
    return namedParts(senderName(message), wordsOf(message)).map((part) => ({
      ...base,
      action: { kind: 'text', ...part },
    }))
  }
  if (message.media_group_id !== undefined) return albumDrafts(relaying, base)
  return mediaDrafts(relaying, kind, base)
}

const relayedBy = ({ message, chat, pairing }: Relaying) => ({
  source: refOf(message),
  token: pairing.token,
  threadId: message.is_topic_message === true ? message.message_thread_id : undefined,
  language: chat.language,
})

type Base = Omit<Draft, 'action'>

const header = (base: Base, name: string, text: string): Draft => ({
  ...base,
  relays: base.relays && { ...base.relays, header: true },
  action: { kind: 'text', text, entities: [{ type: 'bold', offset: 0, length: name.length }] },
})

function mediaDrafts({ message, sentences }: Relaying, kind: Kind, base: Base): Draft[] {
  const name = senderName(message)
  const from = refOf(message)
  const { text: caption, entities } = named(name, wordsOf(message))
  if (hasCaption(kind) && caption.length <= CAPTION_CHARACTERS_MAX) {
    return [{ ...base, action: { kind: 'copy', from, caption, entities } }]
  }
  return [
    header(base, name, sentences.sends(name, kind)),
    { ...base, replyTo: undefined, action: { kind: 'copy', from } },
  ]
}

/** The first piece of an album; the others join its job while it waits. */
function albumDrafts({ message, sentences, nowMs }: Relaying, base: Base): Draft[] {
  const name = senderName(message)
  return [
    header(base, name, sentences.sends(name, 'album')),
    {
      ...base,
      replyTo: undefined,
      action: { kind: 'album', from: message.chat.id, messages: [message.message_id] },
      dueAt: nowMs + ALBUM_WAIT_MS,
    },
  ]
}

const REPLACEABLE = ['photo', 'video', 'animation', 'audio', 'document'] as const

/** What brings an edit to the message's counterpart; undefined where the Bot API has no such edit. */
export function editDraft(
  relaying: Relaying,
  counterpart: Pick<Counterpart, 'file'>,
): Draft | undefined {
  const { message, chat, pairing } = relaying
  const kind = kindOf(message)
  const name = senderName(message)
  const of = refOf(message)
  const base = { to: peerSide(pairing, chat.id).chat, relays: relayedBy(relaying) }
  if (kind === 'text') {
    return { ...base, action: { kind: 'edit-text', of, parts: namedParts(name, wordsOf(message)) } }
  }
  if (kind === undefined || !hasCaption(kind)) return undefined
  const { text: caption, entities } = named(name, wordsOf(message))
  if (caption.length > CAPTION_CHARACTERS_MAX) return undefined
  const file = fileOf(message)
  const media = REPLACEABLE.find((each) => each === kind)
  if (file === undefined || file.uniqueId === counterpart.file || media === undefined) {
    return { ...base, action: { kind: 'edit-caption', of, caption, entities } }
  }
  return { ...base, action: { kind: 'edit-media', of, media, file: file.id, caption, entities } }
}
