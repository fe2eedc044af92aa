import type { Message, MessageReactionUpdated } from 'grammy/types'
import { readCommand } from '../domain/commands.ts'
import { kindOf } from '../domain/content.ts'
import { filterAgainst } from '../domain/filters.ts'
import { peerSide } from '../domain/pairing.ts'
import { editDraft, refOf } from '../domain/relay.ts'
import type { Change } from '../store/commit.ts'
import { findCounterpart } from '../store/find-counterpart.ts'
import type { BotParts } from './ports.ts'
import { answer } from './relay-message.ts'
import { situationOf } from './situation.ts'

/** Kinds that Telegram itself changes all the time: a live location, the votes of a poll. */
const CHANGING: ReadonlySet<string> = new Set(['location', 'venue', 'poll'])

/** Brings an edit to the relayed message. What was never relayed (a command, a filtered text) stays unrelayed. */
export async function relayEdit(parts: BotParts, message: Message): Promise<Change> {
  if (readCommand(message.text ?? '', parts.me.username) !== undefined) return {}
  if (CHANGING.has(kindOf(message) ?? '')) return {}
  const counterpart = await parts.memory.counterpart(refOf(message))
  if (counterpart === undefined) return {}
  const situation = await situationOf(parts, message)
  const { chat, pairings, sentences } = situation
  const pairing = pairings.find((each) => each.token === counterpart.token)
  if (pairing === undefined) return {}
  const kept = (text: string): Change => ({ drafts: [answer(situation, text)] })
  if (pairing.pausedBy.length > 0) return kept(sentences.notDeliveredPaused)
  const filter = filterAgainst(message, [...parts.filters, ...pairing.filters], parts.matches)
  if (filter !== undefined) return kept(sentences.filtered(sentences.filterOf(filter)))
  const draft = editDraft(
    { message, chat, pairing, sentences, nowMs: situation.nowMs },
    counterpart,
  )
  if (draft === undefined) return kept(sentences.cannotEdit)
  return { pairings: [{ to: 'keep', pairing }], drafts: [draft] }
}

/** Brings a reaction to the message's counterpart; bots can show one emoji of Telegram's own. */
export async function relayReaction(
  parts: BotParts,
  reaction: MessageReactionUpdated,
): Promise<Change> {
  const of = { chat: reaction.chat.id, message: reaction.message_id }
  const counterpart = await findCounterpart(parts.memory, parts.environment, { ...of, ours: true })
  if (counterpart === undefined) return {}
  const { pairings } = await parts.memory.everythingOf(of.chat)
  const pairing = pairings.find((each) => each.token === counterpart.token)
  if (pairing === undefined || pairing.pausedBy.length > 0) return {}
  const emoji = reaction.new_reaction.flatMap((each) => (each.type === 'emoji' ? [each.emoji] : []))
  if (reaction.new_reaction.length > 0 && emoji.length === 0) return {}
  return {
    pairings: [{ to: 'keep', pairing }],
    drafts: [
      {
        to: peerSide(pairing, of.chat).chat,
        action: { kind: 'react', to: of, emoji: emoji.at(-1) },
      },
    ],
  }
}
