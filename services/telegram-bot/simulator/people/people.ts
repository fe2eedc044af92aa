import type { ChatMember, Message, User } from 'grammy/types'
import { chatField, frame } from '../bot-api/sent-message.ts'
import type { Placed } from '../bot-api/context.ts'
import type { Person, SimChat, SimMessage, World } from '../world/world.ts'
import { contentOf } from './contents.ts'
import type { ContentInput } from './contents.ts'
import { Refused } from './refused.ts'

const NAMES = ['Ana', 'Bruno', 'Carla', 'Diego', 'Elena', 'Fabio'] as const

export type ChatInput = {
  readonly type?: unknown
  readonly title?: unknown
  readonly name?: unknown
  readonly language?: unknown
  readonly people?: unknown
  readonly admin?: unknown
  readonly forum?: unknown
}

/** What the people in front of their phones do. */
export type People = {
  /** Makes a chat, or changes it: a private one for a positive number, a group for a negative one. */
  readonly setUp: (chat: number, input: ChatInput) => SimChat
  /** @throws Refused */
  readonly send: (chat: number, input: ContentInput) => readonly Message[]
  readonly edit: (chat: number, message: number, input: ContentInput) => void
  readonly react: (chat: number, message: number, emoji: string | undefined) => void
  readonly press: (chat: number, message: number, data: string) => void
  readonly block: (chat: number, blocked: boolean) => void
  /** A group becomes a supergroup under another number. */
  readonly migrate: (chat: number, to: number) => void
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const userOf = (person: Person): User => ({ is_bot: false, ...person })

function personOf(value: unknown, at: number, preset: Partial<Person> = {}): Person {
  // A cast: each field is looked at.
  const fields = (value !== null && typeof value === 'object' ? value : {}) as Record<
    string,
    unknown
  >
  const id = Number(fields['id'] ?? preset.id ?? at)
  const name = text(fields['name']) ?? preset.first_name ?? NAMES[(id - 1) % NAMES.length]
  const username = text(fields['username'])
  return {
    id,
    first_name: name ?? `Person ${id}`,
    language_code: text(fields['language']) ?? preset.language_code ?? 'en',
    ...(username === undefined ? {} : { username }),
  }
}

export function createPeople(world: World, queries: Set<string>): People {
  let lastQuery = 0

  function setUp(id: number, input: ChatInput): SimChat {
    if (!Number.isSafeInteger(id) || id === 0) throw new Refused(400, 'A chat is a whole number.')
    const known = world.chat(id)
    const group = id < 0
    const [owner] = known?.people ?? []
    const people = Array.isArray(input.people)
      ? input.people.map((each, at) => personOf(each, at + 1))
      : group
        ? (known?.people ?? [personOf({}, 1), personOf({}, 2)])
        : [personOf({ name: input.name, language: input.language }, id, owner ?? { id })]
    const title = text(input.title) ?? known?.title ?? `Group ${-id}`
    const chat: SimChat = {
      id,
      type: !group ? 'private' : input.type === 'group' ? 'group' : (known?.type ?? 'supergroup'),
      ...(group ? { title } : {}),
      people,
      started: known?.started ?? group,
      blocked: known?.blocked ?? false,
      botIsAdmin: input.admin === undefined ? (known?.botIsAdmin ?? false) : input.admin === true,
      isForum: input.forum === undefined ? (known?.isForum ?? false) : input.forum === true,
      ...(known?.migratedTo === undefined ? {} : { migratedTo: known.migratedTo }),
    }
    world.putChat(chat)
    if (group && known === undefined)
      tellMembership(chat, 'left', chat.botIsAdmin ? 'administrator' : 'member')
    else if (known !== undefined && known.botIsAdmin !== chat.botIsAdmin) {
      tellMembership(
        chat,
        known.botIsAdmin ? 'administrator' : 'member',
        chat.botIsAdmin ? 'administrator' : 'member',
      )
    }
    return chat
  }

  function tellMembership(chat: SimChat, before: string, after: string): void {
    const [person] = chat.people
    const user = world.me()
    const member = (status: string) => ({ status, user }) as ChatMember
    world.addUpdate({
      my_chat_member: {
        chat: chatField(chat),
        from: person === undefined ? user : userOf(person),
        date: Math.floor(world.environment.now() / 1000),
        old_chat_member: member(before),
        new_chat_member: member(after),
      },
    } as Parameters<World['addUpdate']>[0])
  }

  /** The chat, where its people may write. @throws Refused */
  function openChat(id: number): SimChat {
    const chat = world.chat(id) ?? setUp(id, {})
    if (chat.migratedTo !== undefined) {
      throw new Refused(409, `The group is a supergroup now: ${chat.migratedTo}`)
    }
    if (chat.blocked) {
      const how =
        chat.type === 'private'
          ? 'The bot is blocked: unblock it first.'
          : 'The bot is not in the group.'
      throw new Refused(403, how)
    }
    if (chat.started) return chat
    const started = { ...chat, started: true }
    world.putChat(started)
    return started
  }

  function requireMessage(chat: number, id: number): SimMessage {
    const found = world.message(chat, id)
    if (found === undefined) throw new Refused(404, `The chat has no message ${id}.`)
    return found
  }

  function store(chat: SimChat, message: Message): Message {
    world.putMessage({ chat: chat.id, message, byBot: false, deleted: false })
    if (isShown(world, chat, message))
      world.addUpdate({ message } as Parameters<World['addUpdate']>[0])
    return message
  }

  return {
    setUp,

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
        store(chat, { ...frame(world, chat, userOf(from), place), ...content, ...group }),
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
            : { caption: String(given ?? '') }
      const edited = {
        ...bare,
        ...content,
        edit_date: Math.floor(world.environment.now() / 1000),
      } as Message
      world.putMessage({ ...found, message: edited })
      if (isShown(world, chat, edited)) {
        world.addUpdate({ edited_message: edited } as Parameters<World['addUpdate']>[0])
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
      } as Parameters<World['addUpdate']>[0])
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
      } as Parameters<World['addUpdate']>[0])
    },

    block(id, blocked) {
      const chat = world.chat(id) ?? setUp(id, {})
      if (chat.blocked === blocked) return
      world.putChat({ ...chat, blocked })
      const gone = chat.type === 'private' ? 'kicked' : 'left'
      tellMembership(chat, blocked ? 'member' : gone, blocked ? gone : 'member')
    },

    migrate(id, to) {
      const chat = openChat(id)
      if (chat.type !== 'group') throw new Refused(400, 'Only a plain group becomes a supergroup.')
      world.putChat({ ...chat, migratedTo: to })
      const [person] = chat.people
      const next: SimChat = { ...chat, id: to, type: 'supergroup' }
      world.putChat(next)
      const by = person === undefined ? undefined : userOf(person)
      store(chat, { ...frame(world, chat, by, {}), migrate_to_chat_id: to })
      store(next, { ...frame(world, next, by, {}), migrate_from_chat_id: id })
    },
  }
}

/** Privacy mode: of a group the bot is shown commands, answers to it and service messages ("Privacy mode"). */
function isShown(world: World, chat: SimChat, message: Message): boolean {
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

function senderOf(chat: SimChat, input: ContentInput): Person {
  const wanted = input['from']
  const sender =
    wanted === undefined
      ? chat.people[0]
      : chat.people.find((person) => person.id === Number(wanted) || person.first_name === wanted)
  if (sender === undefined) throw new Refused(400, `Nobody in the chat is ${String(wanted)}.`)
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
