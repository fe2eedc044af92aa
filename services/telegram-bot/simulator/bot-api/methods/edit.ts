import type { Message } from 'grammy/types'
import type { SimMessage } from '../../world/world.ts'
import { badRequest } from '../api-error.ts'
import { flag, integer, list, object, textOf } from '../arguments.ts'
import type { Arguments } from '../arguments.ts'
import { writableChat } from '../context.ts'
import type { Method, MethodContext } from '../context.ts'
import { REACTIONS } from '../limits.ts'
import { FILE_KINDS, fileContent, fileOfCall, knownFile } from '../media.ts'
import { buttonContent, captionContent, textContent } from '../sent-message.ts'

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

/** A method that changes one of the bot's own messages. */
const editing =
  (change: (context: MethodContext, from: Arguments, message: Message) => Message): Method =>
  (context, from) => {
    const chat = writableChat(context, from)
    const found = context.world.message(chat.id, integer(from, 'message_id'))
    if (found === undefined) throw badRequest('message to edit not found')
    if (!found.byBot) throw badRequest("message can't be edited")
    const changed = { ...change(context, from, found.message), ...buttonContent(from) }
    if (JSON.stringify(changed) === JSON.stringify(found.message)) throw badRequest(NOT_MODIFIED)
    context.flood.admit(chat.id, 1)
    return stored(context, found, changed)
  }

function stored({ world }: MethodContext, before: SimMessage, changed: Message): Message {
  const message = { ...changed, edit_date: Math.floor(world.environment.now() / 1000) } as Message
  world.putMessage({ ...before, message })
  return message
}

export const editMessageText = editing((_context, from, message) => {
  if (message.text === undefined) throw badRequest('there is no text in the message to edit')
  const { text: _text, entities: _entities, ...rest } = message
  return { ...rest, ...textContent(from) }
})

export const editMessageCaption = editing((_context, from, message) => {
  if (FILE_KINDS.every((kind) => message[kind] === undefined)) {
    throw badRequest('there is no caption in the message to edit')
  }
  const { caption: _caption, caption_entities: _entities, ...rest } = message
  return { ...rest, ...captionContent(from) }
})

/** Changes the buttons alone, as every edit does besides. */
export const editMessageReplyMarkup = editing((_context, _from, message) => message)

export const editMessageMedia = editing(({ world }, from, message) => {
  const media = object(from, 'media') ?? {}
  const kind = FILE_KINDS.find((each) => each === media['type'])
  if (kind === undefined) throw badRequest("can't parse InputMedia: unsupported type")
  const inner = { values: media, uploads: from.uploads }
  const id = textOf(inner, 'media')
  const file = id.startsWith('attach://') ? fileOfCall(world, inner, 'media') : knownFile(world, id)
  const bare = Object.fromEntries(
    Object.entries(message).filter(
      ([field]) => !FILE_KINDS.some((each) => each === field) && !field.startsWith('caption'),
    ),
  )
  return { ...bare, ...captionContent(inner), ...fileContent(kind, file) } as Message
})

const isReaction = (emoji: unknown): boolean => typeof emoji === 'string' && REACTIONS.has(emoji)

export const setMessageReaction: Method = (context, from) => {
  const { world } = context
  const chat = writableChat(context, from)
  flag(from, 'is_big')
  const found = world.message(chat.id, integer(from, 'message_id'))
  if (found === undefined) throw badRequest('message to react not found')
  const reactions = (list(from, 'reaction') ?? []).map((each) => each as Record<string, unknown>)
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY')
  const [reaction] = reactions
  if (reaction !== undefined && (reaction['type'] !== 'emoji' || !isReaction(reaction['emoji']))) {
    throw badRequest('REACTION_INVALID')
  }
  const { botReaction: _before, ...rest } = found
  const emoji = reaction?.['emoji']
  world.putMessage({ ...rest, ...(typeof emoji === 'string' ? { botReaction: emoji } : {}) })
  return true
}
