import type { Message } from 'grammy/types'
import { kindOf } from '../../domain/content.ts'
import { FILE_KINDS } from '../bot-api/media.ts'
import type { SimChat, SimMessage, World } from '../world/world.ts'

/** A message as the chat's person sees it. Fields beyond the first four stand only where they say something. */
export type SeenMessage = {
  readonly id: number
  readonly from: 'me' | 'bot'
  readonly text: string
  /** ISO 8601. */
  readonly date: string
  /** A group's sender. */
  readonly name?: string
  readonly kind?: string
  readonly file?: { readonly url: string; readonly name: string; readonly mime: string }
  readonly entities?: Message['entities']
  readonly replyTo?: number
  readonly album?: string
  readonly edited?: true
  readonly reactions?: readonly string[]
  readonly buttons?: readonly {
    readonly text: string
    readonly url?: string
    readonly data?: string
  }[]
  readonly threadId?: number
  readonly about?: string
}

/** The chat as its person sees it, oldest first. */
export const chatView = (world: World, chat: SimChat): readonly SeenMessage[] =>
  world.messages(chat.id).map((each) => seen(world, chat, each))

function seen(world: World, chat: SimChat, stored: SimMessage): SeenMessage {
  const { message, byBot, botReaction, personReaction } = stored
  const kind = kindOf(message)
  const entities = message.entities ?? message.caption_entities
  const reactions = [botReaction, personReaction].filter((each) => each !== undefined)
  return {
    id: message.message_id,
    from: byBot ? 'bot' : 'me',
    text: message.text ?? message.caption ?? '',
    date: new Date(message.date * 1000).toISOString(),
    ...(chat.type === 'private' || byBot ? {} : { name: message.from?.first_name ?? '' }),
    ...(kind === 'text' ? {} : { kind: kind ?? 'service', ...about(message) }),
    ...fileOf(world, message),
    ...(entities === undefined ? {} : { entities }),
    ...(message.reply_to_message === undefined
      ? {}
      : { replyTo: message.reply_to_message.message_id }),
    ...(message.media_group_id === undefined ? {} : { album: message.media_group_id }),
    ...(message.edit_date === undefined ? {} : { edited: true }),
    ...(reactions.length === 0 ? {} : { reactions }),
    ...buttonsOf(message),
    ...(message.message_thread_id === undefined ? {} : { threadId: message.message_thread_id }),
  }
}

function fileOf(world: World, message: Message): Pick<SeenMessage, 'file'> {
  const kind = FILE_KINDS.find((each) => message[each] !== undefined)
  if (kind === undefined) return {}
  const held = kind === 'photo' ? message.photo?.at(-1) : message[kind]
  const file = world.file(held?.file_id ?? '')
  if (file === undefined) return {}
  return { file: { url: `/files/${file.id}`, name: file.name, mime: file.mime } }
}

/** What a phone shows of a message without text or file. */
function about(message: Message): Pick<SeenMessage, 'about'> {
  const { location, contact, venue, poll, dice } = message
  if (venue !== undefined) return { about: `${venue.title}, ${venue.address}` }
  if (location !== undefined) return { about: `${location.latitude}, ${location.longitude}` }
  if (contact !== undefined) return { about: `${contact.first_name} ${contact.phone_number}` }
  if (poll !== undefined) return { about: poll.question }
  if (dice !== undefined) return { about: `${dice.emoji} ${dice.value}` }
  return {}
}

function buttonsOf({ reply_markup: markup }: Message): Pick<SeenMessage, 'buttons'> {
  if (markup === undefined) return {}
  const buttons = markup.inline_keyboard.flat().map((button) => ({
    text: button.text,
    ...('url' in button && button.url !== undefined ? { url: button.url } : {}),
    ...('callback_data' in button && button.callback_data !== undefined
      ? { data: button.callback_data }
      : {}),
  }))
  return { buttons }
}
