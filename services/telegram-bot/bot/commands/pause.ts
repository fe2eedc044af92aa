import { chosenPairing, peerSide } from '../../domain/pairing.ts'
import type { Pairing } from '../../domain/pairing.ts'
import type { Sentences } from '../../domain/sentences/sentences.ts'
import type { Change } from '../../store/commit.ts'
import type { BotParts } from '../ports.ts'
import { say, sentencesOf } from '../situation.ts'
import type { Situation } from '../situation.ts'
import type { Command } from './command.ts'

type Told = { readonly here: string; readonly there: (sentences: Sentences) => string }

/** Stops the relay both ways until /resume, and tells both. */
export const pause: Command = (parts, situation) => {
  const { chat, sentences } = situation
  const pairing = inUse(situation)
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  const peer = peerSide(pairing, chat.id).title
  const here = sentences.paused(peer)
  if (pairing.pausedBy.includes(chat.id)) return { drafts: [say(situation, here)] }
  return tellBoth(
    parts,
    situation,
    { ...pairing, pausedBy: [...pairing.pausedBy, chat.id] },
    { here, there: (theirs) => theirs.pausedByPeer(chat.title) },
  )
}

/** Lets messages pass again. */
export const resume: Command = (parts, situation) => {
  const { chat, sentences } = situation
  const pairing = inUse(situation)
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  const peer = peerSide(pairing, chat.id)
  const stillPaused = pairing.pausedBy.includes(peer.chat)
  const here = stillPaused ? sentences.stillPausedByPeer(peer.title) : sentences.resumed(peer.title)
  if (!pairing.pausedBy.includes(chat.id)) return { drafts: [say(situation, here)] }
  return tellBoth(
    parts,
    situation,
    { ...pairing, pausedBy: pairing.pausedBy.filter((each) => each !== chat.id) },
    { here, there: (theirs) => theirs.resumedByPeer(chat.title) },
  )
}

export const inUse = ({ chat, threadId, pairings }: Situation): Pairing | undefined =>
  chosenPairing(pairings, { chat: chat.id, threadId, active: chat.active })

/** Changes a pairing, says so here, and to the other chat in its own language. */
export async function tellBoth(
  parts: BotParts,
  situation: Situation,
  pairing: Pairing,
  told: Told,
): Promise<Change> {
  const { chat } = situation
  const peer = peerSide(pairing, chat.id)
  const theirs = await sentencesOf(parts, peer.chat, chat.language)
  return {
    pairings: [{ to: 'change', pairing }],
    drafts: [
      say(situation, told.here),
      {
        to: peer.chat,
        threadId: peer.threadId,
        action: { kind: 'text', text: told.there(theirs) },
      },
    ],
  }
}
