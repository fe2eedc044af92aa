import type { Message } from 'grammy/types'
import { badRequest } from '../api-error.ts'
import { integer, optionalText, textOf } from '../arguments.ts'
import type { Arguments } from '../arguments.ts'
import { placeIn, writableChat } from '../context.ts'
import type { Method } from '../context.ts'
import { fileContent, fileOfCall } from '../media.ts'
import type { FileKind } from '../media.ts'
import { buttonContent, captionContent, deliverBotMessage, textContent } from '../sent-message.ts'

/** A method that sends one message: its checks come before the flood control, as a refused call costs nothing. */
const sending =
  (contentOf: (context: Parameters<Method>[0], from: Arguments) => Partial<Message>): Method =>
  (context, from) => {
    const chat = writableChat(context, from)
    const place = placeIn(context, chat, from)
    const buttons = buttonContent(from)
    const content = contentOf(context, from)
    context.flood.admit(chat.id, 1)
    return deliverBotMessage(context.world, chat, { ...content, ...buttons }, place)
  }

export const sendMessage = sending((_context, from) => textContent(from))

const sendFile = (kind: FileKind, captioned: boolean): Method =>
  sending(({ world }, from) => ({
    ...(captioned ? captionContent(from) : {}),
    ...fileContent(kind, fileOfCall(world, from, kind)),
  }))

export const sendPhoto = sendFile('photo', true)
export const sendVideo = sendFile('video', true)
export const sendAnimation = sendFile('animation', true)
export const sendAudio = sendFile('audio', true)
export const sendVoice = sendFile('voice', true)
export const sendDocument = sendFile('document', true)
export const sendVideoNote = sendFile('video_note', false)
export const sendSticker = sendFile('sticker', false)

export const sendLocation = sending((_context, from) => ({
  location: { latitude: coordinate(from, 'latitude'), longitude: coordinate(from, 'longitude') },
}))

export const sendContact = sending((_context, from) => ({
  contact: {
    phone_number: textOf(from, 'phone_number'),
    first_name: textOf(from, 'first_name'),
    ...(optionalText(from, 'last_name') === undefined
      ? {}
      : { last_name: textOf(from, 'last_name') }),
  },
}))

function coordinate(from: Arguments, name: string): number {
  const value = Number(textOf(from, name))
  if (textOf(from, name) === '' || Number.isNaN(value)) throw badRequest(`${name} is empty`)
  return value
}

/** Shows that the bot is busy; nothing is stored. */
export const sendChatAction: Method = (context, from) => {
  writableChat(context, from)
  if (textOf(from, 'action') === '') throw badRequest('wrong parameter action in request')
  return true
}

export const deleteMessage: Method = (context, from) => {
  const { world } = context
  const chat = writableChat(context, from)
  const found = world.message(chat.id, integer(from, 'message_id'))
  if (found === undefined) throw badRequest('message to delete not found')
  if (!found.byBot && chat.type !== 'private' && !chat.botIsAdmin) {
    throw badRequest("message can't be deleted")
  }
  world.putMessage({ ...found, deleted: true })
  return true
}
