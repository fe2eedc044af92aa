import type { Update } from 'grammy/types'
import type { Entry, SimChat, SimFile, SimMessage, WorldChange } from './world.ts'

/** What the journal's entries add up to. */
export type WorldState = {
  readonly chats: Map<number, SimChat>
  readonly messages: Map<number, Map<number, SimMessage>>
  readonly files: Map<string, SimFile>
  updates: Update[]
  lastMessage: number
  lastUpdate: number
  lastFile: number
}

/** Nothing yet; the numbers go on above those of an earlier simulation: they are seconds since 2020. */
export function emptyState(nowMs: number): WorldState {
  const base = Math.floor(nowMs / 1000) - 1_577_836_800
  return {
    chats: new Map(),
    messages: new Map(),
    files: new Map(),
    updates: [],
    lastMessage: base,
    lastUpdate: base,
    lastFile: 0,
  }
}

/** Lets an entry happen. */
export function apply(state: WorldState, entry: Entry): WorldChange {
  if ('confirm' in entry) {
    state.updates = state.updates.filter((update) => update.update_id >= entry.confirm)
    return { of: 'updates' }
  }
  if ('confirmOne' in entry) {
    state.updates = state.updates.filter((update) => update.update_id !== entry.confirmOne)
    return { of: 'updates' }
  }
  switch (entry.put) {
    case 'chat':
      state.chats.set(entry.chat.id, entry.chat)
      return { of: 'chat', chat: entry.chat.id }
    case 'message': {
      const { chat, message } = entry.message
      const known = state.messages.get(chat) ?? new Map<number, SimMessage>()
      state.messages.set(chat, known.set(message.message_id, entry.message))
      state.lastMessage = Math.max(state.lastMessage, message.message_id)
      return { of: 'chat', chat }
    }
    case 'file':
      state.files.set(entry.file.id, entry.file)
      state.lastFile = state.files.size
      return { of: 'updates' }
    case 'update':
      state.updates.push(entry.update)
      state.lastUpdate = Math.max(state.lastUpdate, entry.update.update_id)
      return { of: 'updates' }
  }
}
