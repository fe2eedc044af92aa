import { TOKEN_TRUSTED_MS, TOKEN_UNSURE_MS } from '../domain/limits.ts'
import { hasEnded, peerSide } from '../domain/pairing.ts'
import type { Pairing } from '../domain/pairing.ts'
import type { Change } from '../store/commit.ts'
import type { TokensApi } from '../tokens-api/tokens-api.ts'
import type { BotParts } from './ports.ts'
import { say, sentencesOf } from './situation.ts'
import type { Situation } from './situation.ts'

const REMEMBERED_MAX = 1_000

/**
 * The token API's word on tokens, asked for at most every few seconds a token. Only a saving of calls: nothing is
 * lost with it.
 */
export function tokenLife(
  tokens: Pick<TokensApi, 'get'>,
  now: () => number,
): (token: string) => Promise<boolean> {
  const trustedUntil = new Map<string, number>()
  return async (token) => {
    if ((trustedUntil.get(token) ?? 0) > now()) return true
    const found = await tokens.get(token)
    if (!found.ok && found.problem === 'not found') {
      trustedUntil.delete(token)
      return false
    }
    if (trustedUntil.size >= REMEMBERED_MAX) trustedUntil.clear()
    // An API that is down must neither end a pairing nor slow each message down.
    trustedUntil.set(token, now() + (found.ok ? TOKEN_TRUSTED_MS : TOKEN_UNSURE_MS))
    return true
  }
}

/** Where the pairing's token expired or was deleted by another client: what ends the pairing and tells both. */
export async function endedPairing(
  parts: BotParts,
  situation: Situation,
  pairing: Pairing,
): Promise<Change | undefined> {
  const { chat, nowMs, sentences } = situation
  if (!hasEnded(pairing, nowMs) && (await parts.tokenLives(pairing.token))) return undefined
  const peer = peerSide(pairing, chat.id)
  const theirs = await sentencesOf(parts, peer.chat, chat.language)
  return {
    pairings: [{ to: 'end', pairing }],
    drafts: [
      say(situation, sentences.expired(peer.title)),
      {
        to: peer.chat,
        threadId: peer.threadId,
        action: { kind: 'text', text: theirs.expired(chat.title) },
      },
    ],
  }
}
