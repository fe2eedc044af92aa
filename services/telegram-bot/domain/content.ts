import type { Message, MessageEntity } from 'grammy/types'

/**
 * What a message is made of, as filters name it. Looked for in this order: an animation comes with a document, a venue
 * with a location.
 */
export const KINDS = [
  'text',
  'photo',
  'animation',
  'video_note',
  'video',
  'voice',
  'audio',
  'sticker',
  'document',
  'venue',
  'location',
  'contact',
  'poll',
  'dice',
  'story',
] as const

export type Kind = (typeof KINDS)[number]

/** The kind of a message; undefined for service messages, invoices and all that cannot be copied. */
export const kindOf = (message: Message): Kind | undefined =>
  KINDS.find((kind) => message[kind] !== undefined)

/** Kinds that carry a caption. */
const CAPTIONED: ReadonlySet<Kind> = new Set([
  'photo',
  'video',
  'animation',
  'audio',
  'voice',
  'document',
])

export const hasCaption = (kind: Kind): boolean => CAPTIONED.has(kind)

/** A message's text or caption with its formatting. */
export function wordsOf(message: Message): {
  readonly text: string
  readonly entities: readonly MessageEntity[]
} {
  return {
    text: message.text ?? message.caption ?? '',
    entities: message.entities ?? message.caption_entities ?? [],
  }
}

/** A file of a message: `uniqueId` stays the same whoever sends it, `id` lets the bot send it again. */
export type FileOf = { readonly id: string; readonly uniqueId: string }

export function fileOf(message: Message): FileOf | undefined {
  const file =
    message.photo?.at(-1) ??
    message.animation ??
    message.video ??
    message.video_note ??
    message.voice ??
    message.audio ??
    message.sticker ??
    message.document
  return file && { id: file.file_id, uniqueId: file.file_unique_id }
}

/** A photo, or a picture that was sent as a file or as a sticker. */
export const isImage = (message: Message): boolean =>
  message.photo !== undefined ||
  message.document?.mime_type?.startsWith('image/') === true ||
  (message.sticker !== undefined && !message.sticker.is_animated && !message.sticker.is_video)

const LINKS: ReadonlySet<MessageEntity['type']> = new Set(['url', 'text_link', 'email'])

/** True where Telegram found a link in the message, or the text looks like one. */
export function hasLink(message: Message): boolean {
  const { text, entities } = wordsOf(message)
  return (
    entities.some((entity) => LINKS.has(entity.type)) ||
    /\b(?:https?:\/\/|www\.)\S|\bt\.me\/\S/i.test(text)
  )
}
