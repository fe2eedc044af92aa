import type { Message } from 'grammy/types'
import { fileOf, kindOf } from '../domain/content.ts'
import { filterAgainst } from '../domain/filters.ts'
import type { Draft } from '../domain/job.ts'
import { ALBUM_WAIT_MS } from '../domain/limits.ts'
import { chosenPairing, peerSide } from '../domain/pairing.ts'
import type { Pairing } from '../domain/pairing.ts'
import { refOf, relayDrafts } from '../domain/relay.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'
import type { Change } from '../store/commit.ts'
import { findCounterpart } from '../store/find-counterpart.ts'
import type { BotParts } from './ports.ts'
import { say } from './situation.ts'
import type { Situation } from './situation.ts'
import { endedPairing } from './token-life.ts'

/** Contents that a person sends on purpose and nobody may copy ("copyMessage"). */
const UNCOPYABLE = [
  'invoice',
  'paid_media',
  'giveaway',
  'giveaway_winners',
  'game',
  'checklist',
] as const

const isUncopyable = (message: Message): boolean =>
  UNCOPYABLE.some((content) => message[content] !== undefined)

/** Tells the sender something about the very message. */
export const answer = (situation: Situation, text: string): Draft => ({
  ...say(situation, text),
  replyTo: refOf(situation.message),
})

/** What is done with a message that is no command: it goes to the chat's counterpart, or the sender is told why not. */
export async function relayMessage(parts: BotParts, situation: Situation): Promise<Change> {
  const { message, chat, sentences } = situation
  const pairing = await pairingOf(parts, situation)
  if (pairing === undefined) {
    return chat.group || isService(message) ? {} : { drafts: [say(situation, sentences.notPaired)] }
  }
  const ended = await endedPairing(parts, situation, pairing)
  if (ended !== undefined) return ended
  const kept = (text: string): Change => ({ drafts: [answer(situation, text)] })
  if (isUncopyable(message)) return kept(sentences.cannotRelay)
  if (isService(message)) return {}
  if (pairing.pausedBy.length > 0) return kept(sentences.notDeliveredPaused)
  const filter = filterAgainst(message, [...parts.filters, ...pairing.filters], parts.matches)
  if (filter !== undefined) return kept(sentences.filtered(sentences.filterOf(filter)))
  const peer = await parts.memory.chat(peerSide(pairing, chat.id).chat)
  if (peer?.reachable === false) return kept(sentences.peerUnreachable)

  const joined = await joinAlbum(parts, situation, pairing)
  if (joined !== undefined) return joined
  const drafts = relayDrafts({
    message,
    chat,
    pairing,
    sentences: sentencesIn(peer?.language ?? chat.language),
    nowMs: situation.nowMs,
  })
  if (drafts === undefined) return {}
  const group = message.media_group_id
  return {
    ...relayed(situation, pairing),
    drafts,
    ...(group === undefined ? {} : { album: { chat: chat.id, group, token: pairing.token } }),
  }
}

const isService = (message: Message): boolean =>
  kindOf(message) === undefined && !isUncopyable(message)

async function pairingOf(parts: BotParts, situation: Situation): Promise<Pairing | undefined> {
  const { message, chat, threadId, pairings } = situation
  const answered = message.reply_to_message
  const counterpart =
    answered === undefined || pairings.length < 2
      ? undefined
      : await findCounterpart(parts.memory, parts.environment, {
          ...refOf(answered),
          ours: answered.from?.is_bot,
        })
  return chosenPairing(
    pairings,
    { chat: chat.id, threadId, active: chat.active },
    counterpart?.token,
  )
}

/** What goes with every relayed message: the pairing must still be so, and the message's way is remembered. */
const relayed = ({ message, chat }: Situation, pairing: Pairing): Change => ({
  pairings: [{ to: 'keep', pairing }],
  underway: {
    source: refOf(message),
    chat: peerSide(pairing, chat.id).chat,
    token: pairing.token,
    file: fileOf(message)?.uniqueId,
  },
})

/** A further piece of an album joins the job of the first, while that waits. */
async function joinAlbum(
  parts: BotParts,
  situation: Situation,
  pairing: Pairing,
): Promise<Change | undefined> {
  const { message, chat, nowMs } = situation
  if (message.media_group_id === undefined) return undefined
  const job = await parts.memory.albumJob(chat.id, message.media_group_id)
  if (job?.token !== pairing.token) return undefined
  const dueAt = nowMs + ALBUM_WAIT_MS
  return {
    ...relayed(situation, pairing),
    piece: { lane: job.lane, key: job.key, message: message.message_id, dueAt },
  }
}
