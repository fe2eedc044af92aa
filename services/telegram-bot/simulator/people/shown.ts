import type { Message } from 'grammy/types'
import type { NewUpdate, SimChat, World } from '../world/world.ts'

/** Stores what a person sent, and tells the bot of it where it may know. */
export function show(world: World, chat: SimChat, message: Message): Message {
  world.putMessage({ chat: chat.id, message, byBot: false, deleted: false })
  if (isShown(world, chat, message)) world.addUpdate({ message } as NewUpdate)
  return message
}

/** Privacy mode: of a group the bot is shown commands, answers to it and service messages ("Privacy mode"). */
export function isShown(world: World, chat: SimChat, message: Message): boolean {
  const me = world.me()
  if (chat.type === 'private' || chat.botIsAdmin || me.can_read_all_group_messages) return true
  if (message.migrate_to_chat_id !== undefined || message.migrate_from_chat_id !== undefined)
    return true
  const words = message.text ?? message.caption ?? ''
  return (
    words.startsWith('/') ||
    words.includes(`@${me.username}`) ||
    message.reply_to_message?.from?.id === me.id
  )
}
