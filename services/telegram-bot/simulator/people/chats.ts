import type { ChatMember, User } from 'grammy/types'
import { chatField, frame } from '../bot-api/sent-message.ts'
import type { Person, SimChat, World } from '../world/world.ts'
import type { ChatInput, People } from './people.ts'
import { Refused } from './refused.ts'
import { show } from './shown.ts'

const NAMES = ['Ana', 'Bruno', 'Carla', 'Diego', 'Elena', 'Fabio'] as const

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const userOf = (person: Person): User => ({ is_bot: false, ...person })

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

type Chats = Pick<People, 'setUp' | 'block' | 'migrate'> & {
  /** The chat, where its people may write; made where there is none. @throws Refused */
  readonly open: (chat: number) => SimChat
}

/** The chats, and how the bot comes into them and leaves them. */
export function createChats(world: World): Chats {
  function setUp(id: number, input: ChatInput): SimChat {
    if (!Number.isSafeInteger(id) || id === 0) throw new Refused(400, 'A chat is a whole number.')
    const known = world.chat(id)
    const chat = chatFrom(id, input, known)
    world.putChat(chat)
    const role = chat.botIsAdmin ? 'administrator' : 'member'
    if (known === undefined) {
      if (id < 0) tellMembership(world, chat, 'left', role)
    } else if (known.botIsAdmin !== chat.botIsAdmin) {
      tellMembership(world, chat, known.botIsAdmin ? 'administrator' : 'member', role)
    }
    return chat
  }

  /** The chat, where its people may write. @throws Refused */
  function open(id: number): SimChat {
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

  return {
    setUp,
    open,

    block(id, blocked) {
      const chat = world.chat(id) ?? setUp(id, {})
      if (chat.blocked === blocked) return
      world.putChat({ ...chat, blocked })
      const gone = chat.type === 'private' ? 'kicked' : 'left'
      tellMembership(world, chat, blocked ? 'member' : gone, blocked ? gone : 'member')
    },

    migrate(id, to) {
      const chat = open(id)
      if (chat.type !== 'group') throw new Refused(400, 'Only a plain group becomes a supergroup.')
      world.putChat({ ...chat, migratedTo: to })
      const [person] = chat.people
      const next: SimChat = { ...chat, id: to, type: 'supergroup' }
      world.putChat(next)
      const by = person === undefined ? undefined : userOf(person)
      show(world, chat, { ...frame(world, chat, by, {}), migrate_to_chat_id: to })
      show(world, next, { ...frame(world, next, by, {}), migrate_from_chat_id: id })
    },
  }
}

function chatFrom(id: number, input: ChatInput, known: SimChat | undefined): SimChat {
  const group = id < 0
  const [owner] = known?.people ?? []
  const people = Array.isArray(input.people)
    ? input.people.map((each, at) => personOf(each, at + 1))
    : group
      ? (known?.people ?? [personOf({}, 1), personOf({}, 2)])
      : [personOf({ name: input.name, language: input.language }, id, owner ?? { id })]
  return {
    id,
    type: !group ? 'private' : input.type === 'group' ? 'group' : (known?.type ?? 'supergroup'),
    ...(group ? { title: text(input.title) ?? known?.title ?? `Group ${-id}` } : {}),
    people,
    started: known?.started ?? group,
    blocked: known?.blocked ?? false,
    botIsAdmin: input.admin === undefined ? (known?.botIsAdmin ?? false) : input.admin === true,
    isForum: input.forum === undefined ? (known?.isForum ?? false) : input.forum === true,
    ...(known?.migratedTo === undefined ? {} : { migratedTo: known.migratedTo }),
  }
}

function tellMembership(world: World, chat: SimChat, before: string, after: string): void {
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
  })
}
