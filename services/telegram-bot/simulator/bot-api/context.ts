import type { SimChat, SimMessage, World } from '../world/world.ts'
import { ApiError, badRequest, forbidden } from './api-error.ts'
import type { Arguments } from './arguments.ts'
import { integer, object, optionalInteger, textOf } from './arguments.ts'
import type { FloodControl } from './flood.ts'
import type { WebhookSettings } from '../updates/webhook.ts'

/** What a method may use. */
export type MethodContext = {
  readonly world: World
  readonly flood: FloodControl
  readonly webhook: WebhookSettings
  readonly commands: Map<string, unknown>
  /** Presses of buttons that were not answered yet. */
  readonly queries: Set<string>
}

export type Method = (context: MethodContext, from: Arguments) => unknown

/** The chat that a call is for, where the bot may write. @throws ApiError 400, 403 */
export function writableChat({ world }: MethodContext, from: Arguments, name = 'chat_id'): SimChat {
  if (textOf(from, name) === '') throw badRequest('chat_id is empty')
  const chat = world.chat(integer(from, name))
  if (chat === undefined || !chat.started) throw badRequest('chat not found')
  if (chat.migratedTo !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    })
  }
  if (chat.blocked) {
    throw forbidden(
      chat.type === 'private'
        ? 'bot was blocked by the user'
        : `bot was kicked from the ${chat.type} chat`,
    )
  }
  return chat
}

export type Placed = {
  readonly reply_to_message?: NonNullable<SimMessage['message']['reply_to_message']>
  readonly message_thread_id?: number
  readonly is_topic_message?: true
}

/** The topic and the answered message of a new one. */
export function placeIn({ world }: MethodContext, chat: SimChat, from: Arguments): Placed {
  const thread = optionalInteger(from, 'message_thread_id')
  if (thread !== undefined && !chat.isForum) throw badRequest('message thread not found')
  const topic =
    thread === undefined ? {} : ({ message_thread_id: thread, is_topic_message: true } as const)
  const reply = object(from, 'reply_parameters')
  if (reply === undefined) return topic
  const id = Number(reply['message_id'])
  const answered = world.message(chat.id, id)
  if (answered === undefined) {
    if (reply['allow_sending_without_reply'] === true) return topic
    throw badRequest('message to be replied not found')
  }
  const { reply_to_message: _deeper, ...message } = answered.message
  // A cast: a message without the one that it answered itself.
  return { ...topic, reply_to_message: message as NonNullable<Placed['reply_to_message']> }
}
