import type { Message, Update, UserFromGetMe } from 'grammy/types'
import type { Environment } from '../../bot/ports.ts'
import type { Journal } from './journal.ts'
import { apply, emptyState } from './state.ts'

/** Someone with Telegram on their phone. */
export type Person = {
  readonly id: number
  readonly first_name: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code: string
}

/** A chat with the bot: a person's own, or a group. */
export type SimChat = {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  /** A group's; a private chat bears its person's name. */
  readonly title?: string
  readonly people: readonly Person[]
  /** The person pressed Start, or wrote; before, the bot cannot write. Groups: the bot was added. */
  readonly started: boolean
  /** The person blocked the bot, or the group removed it. */
  readonly blocked: boolean
  readonly botIsAdmin: boolean
  readonly isForum: boolean
  /** The supergroup that this group became. */
  readonly migratedTo?: number
}

/** A message as Telegram keeps it. */
export type SimMessage = {
  readonly chat: number
  /** As the bot is shown it. */
  readonly message: Message
  readonly byBot: boolean
  readonly deleted: boolean
  /** The emoji that the bot and the chat's people have put to it. */
  readonly botReaction?: string
  readonly personReaction?: string
}

export type SimFile = {
  readonly id: string
  readonly uniqueId: string
  readonly name: string
  readonly mime: string
  readonly base64: string
}

/** All that the simulated Telegram knows. Changed only by these functions, so that the journal has every change. */
export type World = {
  readonly me: () => UserFromGetMe
  readonly environment: Environment
  readonly chats: () => readonly SimChat[]
  readonly chat: (id: number) => SimChat | undefined
  readonly putChat: (chat: SimChat) => void
  /** A chat's messages that were not deleted, oldest first. */
  readonly messages: (chat: number) => readonly SimMessage[]
  readonly message: (chat: number, id: number) => SimMessage | undefined
  readonly putMessage: (message: SimMessage) => void
  readonly nextMessageId: () => number
  readonly file: (id: string) => SimFile | undefined
  readonly putFile: (file: Omit<SimFile, 'id' | 'uniqueId'>) => SimFile
  /** Updates that the bot has not confirmed. */
  readonly updates: () => readonly Update[]
  readonly addUpdate: (update: NewUpdate) => void
  readonly confirmUpdates: (below: number) => void
  readonly confirmUpdate: (id: number) => void
  /** The kinds of update that the bot wants; undefined for all but reactions ("getUpdates", allowed_updates). */
  readonly setAllowed: (kinds: readonly string[] | undefined) => void
  /** Groups show the bot only commands and answers to it. */
  readonly setPrivacyMode: (on: boolean) => void
  /** Calls `listener` after each change; returns what ends that. */
  readonly onChange: (listener: (what: WorldChange) => void) => () => void
}

/** An update before it has its number. */
export type NewUpdate = Omit<Update, 'update_id'>

export type WorldChange =
  | { readonly of: 'chat'; readonly chat: number }
  | { readonly of: 'updates' }

/** One line of the journal. */
export type Entry =
  | { readonly put: 'chat'; readonly chat: SimChat }
  | { readonly put: 'message'; readonly message: SimMessage }
  | { readonly put: 'file'; readonly file: SimFile }
  | { readonly put: 'update'; readonly update: Update }
  | { readonly confirm: number }
  | { readonly confirmOne: number }

export function createWorld(options: {
  readonly environment: Environment
  readonly me: UserFromGetMe
  readonly journal: Journal<Entry>
}): World {
  const { environment, journal } = options
  let me = options.me
  const state = emptyState(environment.now())
  let allowed: readonly string[] | undefined
  const listeners = new Set<(what: WorldChange) => void>()

  const tell = (what: WorldChange): void => listeners.forEach((listener) => listener(what))

  for (const entry of journal.read()) apply(state, entry)

  function record(entry: Entry): void {
    journal.write(entry)
    tell(apply(state, entry))
  }

  return {
    me: () => me,
    environment,
    chats: () => [...state.chats.values()],
    chat: (id) => state.chats.get(id),
    putChat: (chat) => record({ put: 'chat', chat }),
    messages: (chat) =>
      [...(state.messages.get(chat)?.values() ?? [])].filter((message) => !message.deleted),
    message(chat, id) {
      const found = state.messages.get(chat)?.get(id)
      return found?.deleted === true ? undefined : found
    },
    putMessage: (message) => record({ put: 'message', message }),
    nextMessageId: () => ++state.lastMessage,
    file: (id) => state.files.get(id),
    putFile(file) {
      const id = `file-${++state.lastFile}`
      const made = { ...file, id, uniqueId: `unique-${state.lastFile}` }
      record({ put: 'file', file: made })
      return made
    },
    updates: () => state.updates,
    addUpdate(update) {
      const [kind = ''] = Object.keys(update)
      if (allowed === undefined ? kind === 'message_reaction' : !allowed.includes(kind)) return
      record({ put: 'update', update: { update_id: ++state.lastUpdate, ...update } })
    },
    setAllowed(kinds) {
      allowed = kinds === undefined || kinds.length === 0 ? undefined : kinds
    },
    confirmUpdates(below) {
      if (state.updates.some((update) => update.update_id < below)) record({ confirm: below })
    },
    confirmUpdate: (id) => record({ confirmOne: id }),
    setPrivacyMode(on) {
      me = { ...me, can_read_all_group_messages: !on }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
