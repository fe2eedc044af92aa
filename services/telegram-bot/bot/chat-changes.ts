import type { ChatMemberUpdated } from 'grammy/types'
import type { ChatId } from '../domain/chat.ts'
import { peerSide } from '../domain/pairing.ts'
import type { Change } from '../store/commit.ts'
import type { BotParts } from './ports.ts'
import { privacyWarning } from './privacy.ts'
import { sentencesOf, situationOf } from './situation.ts'

/** The bot was blocked, removed, added or made an administrator. */
export async function membershipChange(
  parts: BotParts,
  update: ChatMemberUpdated,
): Promise<Change> {
  const { chat, from, date } = update
  const { status } = update.new_chat_member
  const gone = status === 'kicked' || status === 'left'
  const wasGone = ['kicked', 'left'].includes(update.old_chat_member.status)
  const here = await situationOf(parts, { chat, from, date, message_id: 0 })
  const now = { ...here.chat, reachable: !gone, admin: status === 'administrator' }
  const situation = { ...here, chat: now }
  if (gone) return { chats: [now], drafts: await farewells(parts, here) }
  return { chats: [now], drafts: wasGone ? privacyWarning(parts, situation) : [] }
}

/** Tells the chats that are paired with this one. */
const farewells = async (
  parts: BotParts,
  { chat, pairings }: Awaited<ReturnType<typeof situationOf>>,
) =>
  Promise.all(
    pairings.map(async (pairing) => {
      const peer = peerSide(pairing, chat.id)
      const theirs = await sentencesOf(parts, peer.chat, chat.language)
      return {
        to: peer.chat,
        threadId: peer.threadId,
        action: { kind: 'text', text: theirs.peerLeft(chat.title) },
      } as const
    }),
  )

/** A group became a supergroup and has another number now: all that is known of it moves along. */
export async function migration(
  parts: Pick<BotParts, 'memory'>,
  from: ChatId,
  to: ChatId,
): Promise<Change> {
  const [old, current] = await Promise.all([parts.memory.everythingOf(from), parts.memory.chat(to)])
  const { chat } = old
  if (chat === undefined || current?.formerIds.includes(from) === true) return {}
  return {
    chats: [
      {
        ...chat,
        ...current,
        id: to,
        active: current?.active ?? chat.active,
        formerIds: [...chat.formerIds, from],
        version: current?.version ?? 0,
      },
    ],
    pairings: old.pairings.map((pairing) => ({ to: 'move', pairing, from, chat: to })),
  }
}
