import type { Message } from 'grammy/types'
import type { SimChat, SimMessage } from '../../world/world.ts'
import { badRequest } from '../api-error.ts'
import { integer, list, optionalText } from '../arguments.ts'
import type { Arguments } from '../arguments.ts'
import { placeIn, writableChat } from '../context.ts'
import type { Method, MethodContext } from '../context.ts'
import { COPIES_MAX } from '../limits.ts'
import { FILE_KINDS } from '../media.ts'
import { buttonContent, captionContent, deliverBotMessage } from '../sent-message.ts'

/** What a copy takes along; service messages and invoices have none of it. */
const COPIED = [
  'text',
  'entities',
  'caption',
  'caption_entities',
  ...FILE_KINDS,
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'story',
] as const satisfies readonly (keyof Message)[]

const contentOf = (message: Message): Partial<Message> =>
  Object.fromEntries(
    COPIED.flatMap((field) => (message[field] === undefined ? [] : [[field, message[field]]])),
  )

function sourceOf({ world }: MethodContext, from: Arguments): SimChat {
  const chat = world.chat(integer(from, 'from_chat_id'))
  if (chat === undefined) throw badRequest('chat not found')
  return chat
}

export const copyMessage: Method = (context, from) => {
  const { world, flood } = context
  const chat = writableChat(context, from)
  const place = placeIn(context, chat, from)
  const found = world.message(sourceOf(context, from).id, integer(from, 'message_id'))
  if (found === undefined) throw badRequest('message to copy not found')
  const content = contentOf(found.message)
  if (Object.keys(content).length === 0) throw badRequest("message can't be copied")
  const { caption: _caption, caption_entities: _entities, ...bare } = content
  const captioned =
    optionalText(from, 'caption') === undefined ? content : { ...bare, ...captionContent(from) }
  flood.admit(chat.id, 1)
  const sent = deliverBotMessage(world, chat, { ...captioned, ...buttonContent(from) }, place)
  return { message_id: sent.message_id }
}

/** Copies several; those that cannot be copied are left out, and albums stay albums. */
export const copyMessages: Method = (context, from) => {
  const { world, flood } = context
  const chat = writableChat(context, from)
  const place = placeIn(context, chat, from)
  const source = sourceOf(context, from)
  const ids = (list(from, 'message_ids') ?? []).map(Number)
  if (ids.length === 0 || ids.length > COPIES_MAX) throw badRequest('wrong number of messages')
  if (ids.some((id, at) => at > 0 && id <= (ids[at - 1] ?? 0))) {
    throw badRequest('message identifiers must be in a strictly increasing order')
  }
  const found = ids
    .map((id) => world.message(source.id, id))
    .filter((message): message is SimMessage => message !== undefined)
    .filter(({ message }) => Object.keys(contentOf(message)).length > 0)
  if (found.length === 0) throw badRequest('there are no messages to copy')
  flood.admit(chat.id, found.length)
  const copy = world.nextMessageId()
  return found.map(({ message }) => {
    const group = message.media_group_id
    const album = group === undefined ? {} : { media_group_id: `${group}-copy-${copy}` }
    const sent = deliverBotMessage(world, chat, { ...contentOf(message), ...album }, place)
    return { message_id: sent.message_id }
  })
}
