import type { Chat, Message, User } from 'grammy/types'
import { plainName } from './plain-text.ts'

const personName = (user: User): string =>
  plainName([user.first_name, user.last_name ?? ''].join(' ')) || `#${user.id}`

/** The name that stands before a relayed message: the person's, or the group's for an anonymous admin. */
export function senderName(message: Message): string {
  const { sender_chat: sender, from } = message
  const title = plainName(sender?.title ?? '')
  if (title !== '') return title
  return from === undefined ? `#${message.chat.id}` : personName(from)
}

/** What a chat is called: a group's title, a person's name. */
export function chatTitle(chat: Chat): string {
  const person = [chat.first_name ?? '', chat.last_name ?? ''].join(' ')
  return plainName(chat.title ?? person) || `#${chat.id}`
}
