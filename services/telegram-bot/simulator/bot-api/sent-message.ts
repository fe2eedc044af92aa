import type { Message } from 'grammy/types'
import type { SimChat, World } from '../world/world.ts'
import { badRequest } from './api-error.ts'
import type { Arguments } from './arguments.ts'
import { entitiesOf, object, optionalText, textOf } from './arguments.ts'
import type { Placed } from './context.ts'
import { CALLBACK_BYTES_MAX, CAPTION_CHARACTERS_MAX, TEXT_CHARACTERS_MAX } from './limits.ts'

/** A chat as messages show it. */
export function chatField(chat: SimChat): Message['chat'] {
  const [person] = chat.people
  const fields =
    chat.type === 'private'
      ? {
          first_name: person?.first_name ?? '',
          ...(person?.last_name === undefined ? {} : { last_name: person.last_name }),
        }
      : { title: chat.title ?? '', ...(chat.isForum ? { is_forum: true } : {}) }
  // A cast: the fields are those of the chat's type.
  return { id: chat.id, type: chat.type, ...fields } as Message['chat']
}

/** Everything a message has but what it is made of. */
export function frame(world: World, chat: SimChat, from: Message['from'], place: Placed): Message {
  return {
    message_id: world.nextMessageId(),
    date: Math.floor(world.environment.now() / 1000),
    chat: chatField(chat),
    ...(from === undefined ? {} : { from }),
    ...place,
  }
}

/** Stores what the bot sent. */
export function deliverBotMessage(
  world: World,
  chat: SimChat,
  content: Partial<Message>,
  place: Placed,
): Message {
  const message = { ...frame(world, chat, world.me(), place), ...content }
  world.putMessage({ chat: chat.id, message, byBot: true, deleted: false })
  return message
}

/** The text of sendMessage and editMessageText. @throws ApiError */
export function textContent(from: Arguments): Pick<Message, 'text' | 'entities'> {
  const text = textOf(from, 'text')
  if (text.trim() === '') throw badRequest('message text is empty')
  if (text.length > TEXT_CHARACTERS_MAX) throw badRequest('message is too long')
  if (optionalText(from, 'parse_mode') !== undefined)
    throw badRequest('parse_mode is not simulated')
  const entities = entitiesOf(from, 'entities', text)
  return { text, ...(entities === undefined ? {} : { entities }) }
}

/** The caption of anything that has one. @throws ApiError */
export function captionContent(from: Arguments): Pick<Message, 'caption' | 'caption_entities'> {
  const caption = optionalText(from, 'caption')
  if (caption === undefined || caption === '') return {}
  if (caption.length > CAPTION_CHARACTERS_MAX) throw badRequest('message caption is too long')
  if (optionalText(from, 'parse_mode') !== undefined)
    throw badRequest('parse_mode is not simulated')
  const entities = entitiesOf(from, 'caption_entities', caption)
  return { caption, ...(entities === undefined ? {} : { caption_entities: entities }) }
}

/** Buttons below a message. @throws ApiError */
export function buttonContent(from: Arguments): Pick<Message, 'reply_markup'> {
  const markup = object(from, 'reply_markup')
  if (markup === undefined) return {}
  const rows = markup['inline_keyboard']
  if (rows === undefined) return {}
  if (!Array.isArray(rows))
    throw badRequest("can't parse reply markup: inline_keyboard is no Array")
  for (const button of rows.flat()) {
    const { text, url, callback_data: data } = button as Record<string, unknown>
    if (typeof text !== 'string' || text === '')
      throw badRequest('Text buttons are unallowed in the inline keyboard')
    if (typeof url !== 'string' && typeof data !== 'string')
      throw badRequest('Text buttons are unallowed in the inline keyboard')
    if (typeof data === 'string' && Buffer.byteLength(data) > CALLBACK_BYTES_MAX)
      throw badRequest('BUTTON_DATA_INVALID')
    if (typeof url === 'string' && !/^(https?|tg):\/\//.test(url))
      throw badRequest('BUTTON_URL_INVALID')
  }
  return { reply_markup: { inline_keyboard: rows } }
}
