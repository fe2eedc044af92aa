import type { Message } from 'grammy/types'
import type { SimChat, World } from '../world/world.ts'
import { createChats } from './chats.ts'
import type { ContentInput } from './contents.ts'
import { createSending } from './sending.ts'

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

export function createPeople(world: World, queries: Set<string>): People {
  const chats = createChats(world)
  return { ...chats, ...createSending(world, chats.open, queries) }
}
