import type { Message } from 'grammy/types'
import { chatField, frame } from '../bot-api/sent-message.ts'
import type { Placed } from '../bot-api/context.ts'
import type { NewUpdate, Person, SimChat, SimMessage, World } from '../world/world.ts'
import { userOf } from './chats.ts'
import { contentOf } from './contents.ts'
import type { ContentInput } from './contents.ts'
import type { People } from './people.ts'
import { Refused } from './refused.ts'
import { isShown, show } from './shown.ts'

type Sending = Pick<People, 'send' | 'edit' | 'react' | 'press'>

/** What people do with messages. */
export function createSending(
  world: World,
  openChat: (chat: number) => SimChat,
  queries: Set<string>,
): Sending {
  let lastQuery = 0

  function requireMessage(chat: number, id: number): SimMessage {
    const found = world.message(chat, id)
    if (found === undefined) throw new Refused(404, `The chat has no message ${id}.`)
    return found
  }

  return {
    send(id, input) {
      const album = input['album']
      const pieces = Array.isArray(album) ? (album as ContentInput[]) : [input]
      const chat = openChat(id)
      const place = placeOf(world, chat, input)
      const from = senderOf(chat, input)
      // All are looked at before the first is sent.
      const contents = pieces.map((piece) => contentOf(world, piece))
      const group = Array.isArray(album) ? { media_group_id: `album-${world.nextMessageId()}` } : {}
      return contents.map((content) =>
        show(world, chat, { ...frame(world, chat, userOf(from), place), ...content, ...group }),
      )
    },

    edit(id, messageId, input) {
      const chat = openChat(id)
      const found = requireMessage(id, messageId)
      if (found.byBot) throw new Refused(403, 'Only own messages can be changed.')
      const { message } = found
      const given = input['text'] ?? input['caption']
      const bare = Object.fromEntries(
        Object.entries(message).filter(([field]) => !/^(entities|caption)/.test(field)),
      ) as Message
      const content =
        message.text !== undefined
          ? contentOf(world, { text: given })
          : input['photo'] !== undefined
            ? contentOf(world, input)
            : { caption: typeof given === 'string' ? given : '' }
      const edited = {
        ...bare,
        ...content,
        edit_date: Math.floor(world.environment.now() / 1000),
      } as Message
      world.putMessage({ ...found, message: edited })
      if (isShown(world, chat, edited)) {
        world.addUpdate({ edited_message: edited } as NewUpdate)
      }
    },

    react(id, messageId, emoji) {
      const chat = openChat(id)
      const { personReaction: before, ...rest } = requireMessage(id, messageId)
      world.putMessage({ ...rest, ...(emoji === undefined ? {} : { personReaction: emoji }) })
      const [person] = chat.people
      const listed = (each: string | undefined) =>
        each === undefined ? [] : [{ type: 'emoji', emoji: each }]
      world.addUpdate({
        message_reaction: {
          chat: chatField(chat),
          message_id: messageId,
          ...(person === undefined ? {} : { user: userOf(person) }),
          date: Math.floor(world.environment.now() / 1000),
          old_reaction: listed(before),
          new_reaction: listed(emoji),
        },
      } as NewUpdate)
    },

    press(id, messageId, data) {
      const chat = openChat(id)
      const { message } = requireMessage(id, messageId)
      const [person] = chat.people
      const query = `query-${id}-${messageId}-${++lastQuery}`
      queries.add(query)
      world.addUpdate({
        callback_query: {
          id: query,
          from: person === undefined ? world.me() : userOf(person),
          message,
          chat_instance: String(id),
          data,
        },
      })
    },
  }
}

function senderOf(chat: SimChat, input: ContentInput): Person {
  const wanted = input['from']
  const sender =
    wanted === undefined
      ? chat.people[0]
      : chat.people.find((person) => person.id === Number(wanted) || person.first_name === wanted)
  if (sender === undefined)
    throw new Refused(400, `Nobody in the chat is ${JSON.stringify(wanted)}.`)
  return sender
}

function placeOf(world: World, chat: SimChat, input: ContentInput): Placed {
  const thread = input['threadId']
  const topic =
    thread === undefined
      ? {}
      : ({ message_thread_id: Number(thread), is_topic_message: true } as const)
  if (input['replyTo'] === undefined) return topic
  const answered = world.message(chat.id, Number(input['replyTo']))
  if (answered === undefined) throw new Refused(404, 'The message to answer is not in the chat.')
  const { reply_to_message: _deeper, ...message } = answered.message
  // A cast: a message without the one that it answered itself.
  return { ...topic, reply_to_message: message as NonNullable<Placed['reply_to_message']> }
}
