import { isChat } from '../../domain/chat.ts'
import type { ChatId } from '../../domain/chat.ts'
import { PAIRINGS_MAX } from '../../domain/limits.ts'
import { peerSide } from '../../domain/pairing.ts'
import type { Pairing, Side } from '../../domain/pairing.ts'
import type { TokenProblem } from '../../domain/sentences/sentences.ts'
import { readToken } from '../../domain/token.ts'
import type { Change } from '../../store/commit.ts'
import type { TokenView } from '../../tokens-api/tokens-api.ts'
import type { BotParts } from '../ports.ts'
import { privacyWarning } from '../privacy.ts'
import { say, sentencesOf } from '../situation.ts'
import type { Situation } from '../situation.ts'
import type { Command } from './command.ts'

/** Pairs this chat with the token's, and tells both. */
export const pair: Command = async (parts, situation, argument) => {
  const { chat, sentences, pairings } = situation
  const problem = (which: TokenProblem): Change => ({
    drafts: [say(situation, sentences.tokenProblem[which])],
  })
  if (argument === '') {
    const command = chat.language === 'es' ? 'emparejar' : 'pair'
    return { drafts: [say(situation, sentences.tokenUsage(command))] }
  }
  const token = readToken(argument)
  if (token === undefined) return problem('malformed')
  const already = pairings.find((pairing) => pairing.token === token)
  if (already !== undefined) {
    const peer = peerSide(already, chat.id).title
    return { drafts: [say(situation, sentences.pairedAlready(peer))] }
  }
  if (pairings.length >= PAIRINGS_MAX) {
    return { drafts: [say(situation, sentences.tooManyPairings(PAIRINGS_MAX))] }
  }
  // Looked at first, so that a token which no chat made is left as it is.
  const found = await parts.tokens.get(token)
  if (!found.ok) return problem(found.problem)
  const maker = chatNumber(found.value.entity1)
  if (maker === undefined) return problem('foreign')
  if (isChat(chat, maker)) return problem('itself')
  const answer = await parts.tokens.pair(token, chat.id)
  if (!answer.ok) return problem(answer.problem)
  return begin(parts, situation, maker, answer.value)
}

/** A chat's number as the token API holds it; undefined for any other entity. */
function chatNumber(entity: unknown): ChatId | undefined {
  const number = typeof entity === 'string' && /^-?\d{1,16}$/.test(entity) ? Number(entity) : entity
  return typeof number === 'number' && Number.isSafeInteger(number) && number !== 0
    ? number
    : undefined
}

async function begin(
  parts: BotParts,
  situation: Situation,
  maker: ChatId,
  view: TokenView,
): Promise<Change> {
  const { chat, threadId, sentences, nowMs } = situation
  const issued = await parts.memory.issued(view.token)
  const known = await parts.memory.chat(issued?.chat ?? maker)
  const first: Side = {
    chat: issued?.chat ?? maker,
    threadId: issued?.threadId,
    title: known?.title ?? issued?.title ?? `#${maker}`,
  }
  const second: Side = { chat: chat.id, threadId, title: chat.title }
  const pairing: Pairing = {
    token: view.token,
    sides: [first, second],
    pausedBy: [],
    filters: [],
    endsAt: view.endsAt,
    since: new Date(nowMs).toISOString(),
    version: 0,
  }
  const theirs = await sentencesOf(parts, first.chat, chat.language)
  return {
    pairings: [{ to: 'begin', pairing }],
    // What is written next goes to the chat that was paired last.
    chats: [{ ...chat, active: view.token }],
    drafts: [
      say(situation, sentences.paired(first.title)),
      ...privacyWarning(parts, situation),
      {
        to: first.chat,
        threadId: first.threadId,
        action: { kind: 'text', text: theirs.paired(chat.title) },
      },
    ],
  }
}
