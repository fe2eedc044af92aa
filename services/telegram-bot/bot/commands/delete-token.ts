import { isChat } from '../../domain/chat.ts'
import { chosenPairing, peerSide } from '../../domain/pairing.ts'
import type { Pairing } from '../../domain/pairing.ts'
import { readToken } from '../../domain/token.ts'
import type { Change } from '../../store/commit.ts'
import type { BotParts } from '../ports.ts'
import { say, sentencesOf } from '../situation.ts'
import type { Situation } from '../situation.ts'
import type { Command } from './command.ts'

/** Ends a token's pairing and tells both; only a chat of the pair may. */
export const deleteToken: Command = async (parts, situation, argument) => {
  const { chat, sentences, pairings } = situation
  if (argument === '') {
    const command = chat.language === 'es' ? 'eliminar' : 'deleteToken'
    return { drafts: [say(situation, sentences.tokenUsage(command))] }
  }
  const token = readToken(argument)
  if (token === undefined) return { drafts: [say(situation, sentences.tokenProblem.malformed)] }
  const pairing = pairings.find((each) => each.token === token)
  if (pairing !== undefined) return end(parts, situation, pairing)

  const found = await parts.tokens.get(token)
  if (!found.ok) return { drafts: [say(situation, sentences.tokenProblem[found.problem])] }
  const { entity1, entity2 } = found.value
  if (!isChat(chat, Number(entity1)) && !isChat(chat, Number(entity2))) {
    return { drafts: [say(situation, sentences.notYours)] }
  }
  const removed = await parts.tokens.remove(token)
  return {
    drafts: [
      say(situation, removed.ok ? sentences.tokenDeleted : sentences.tokenProblem[removed.problem]),
    ],
  }
}

/** Ends the pairing in use. */
export const unpair: Command = (parts, situation, argument) => {
  if (argument !== '') return deleteToken(parts, situation, argument)
  const { chat, threadId, pairings, sentences } = situation
  const pairing = chosenPairing(pairings, { chat: chat.id, threadId, active: chat.active })
  if (pairing === undefined) return { drafts: [say(situation, sentences.notPaired)] }
  return end(parts, situation, pairing)
}

async function end(parts: BotParts, situation: Situation, pairing: Pairing): Promise<Change> {
  const { chat, sentences } = situation
  const removed = await parts.tokens.remove(pairing.token)
  if (!removed.ok) return { drafts: [say(situation, sentences.tokenProblem[removed.problem])] }
  const peer = peerSide(pairing, chat.id)
  const theirs = await sentencesOf(parts, peer.chat, chat.language)
  return {
    pairings: [{ to: 'end', pairing }],
    drafts: [
      say(situation, sentences.ended(peer.title)),
      {
        to: peer.chat,
        threadId: peer.threadId,
        action: { kind: 'text', text: theirs.endedByPeer(chat.title) },
      },
    ],
  }
}
