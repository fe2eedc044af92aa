import { chosenPairing, peerSide } from '../../domain/pairing.ts'
import { privacyWarning } from '../privacy.ts'
import { say } from '../situation.ts'
import type { Command } from './command.ts'

/** Lists the pairings of this chat, numbered as /use takes them. */
export const status: Command = (parts, situation) => {
  const { chat, threadId, pairings, sentences } = situation
  if (pairings.length === 0) return { drafts: [say(situation, sentences.notPaired)] }
  const chosen = chosenPairing(pairings, { chat: chat.id, threadId, active: chat.active })
  const lines = pairings.map((pairing) => {
    const peer = peerSide(pairing, chat.id)
    return {
      peer: peer.title,
      token: pairing.token,
      active: pairing === chosen,
      pausedHere: pairing.pausedBy.includes(chat.id),
      pausedThere: pairing.pausedBy.includes(peer.chat),
      filters: pairing.filters.length,
      endsAt: pairing.endsAt === undefined ? undefined : new Date(pairing.endsAt).toISOString(),
    }
  })
  return { drafts: [say(situation, sentences.status(lines)), ...privacyWarning(parts, situation)] }
}

/** Chooses the pairing that this chat's messages go to, by its number or token. */
export const use: Command = (_parts, situation, argument) => {
  const { chat, pairings, sentences } = situation
  if (pairings.length === 0) return { drafts: [say(situation, sentences.notPaired)] }
  const wanted = argument.trim().toLowerCase()
  const pairing =
    pairings.find((each) => each.token === wanted) ??
    (/^\d{1,3}$/.test(wanted) ? pairings[Number(wanted) - 1] : undefined)
  if (pairing === undefined) {
    return { drafts: [say(situation, sentences.useUsage(pairings.length))] }
  }
  return {
    chats: [{ ...chat, active: pairing.token }],
    drafts: [say(situation, sentences.using(peerSide(pairing, chat.id).title))],
  }
}
