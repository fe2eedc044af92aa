import type { Draft } from '../../domain/job.ts'
import { PAIRINGS_MAX } from '../../domain/limits.ts'
import { deepLink, readLifetime, shareLink } from '../../domain/token.ts'
import { privacyWarning } from '../privacy.ts'
import { say } from '../situation.ts'
import type { Command } from './command.ts'

/** Makes a token for this chat: the token alone in a message, then its link as text, as a button and as a QR code. */
export const generateToken: Command = async (parts, situation, argument) => {
  const { chat, threadId, sentences, pairings } = situation
  const ttlSeconds = argument === '' ? undefined : readLifetime(argument)
  if (argument !== '' && ttlSeconds === undefined) {
    return { drafts: [say(situation, sentences.lifetimeUsage)] }
  }
  if (pairings.length >= PAIRINGS_MAX) {
    return { drafts: [say(situation, sentences.tooManyPairings(PAIRINGS_MAX))] }
  }
  const made = await parts.tokens.create(chat.id, ttlSeconds)
  if (!made.ok) return { drafts: [say(situation, sentences.tokenProblem[made.problem])] }
  const { token } = made.value
  const link = deepLink(parts.me.username, token)
  const share = { text: sentences.shareButton, url: shareLink(parts.me.username, token) }
  const alone: Draft = {
    to: chat.id,
    threadId,
    action: {
      kind: 'text',
      text: token,
      // As code, so that a tap copies it.
      entities: [{ type: 'code', offset: 0, length: token.length }],
      buttons: { inline_keyboard: [[share]] },
    },
  }
  const code: Draft = {
    to: chat.id,
    threadId,
    action: {
      kind: 'qr',
      link,
      caption: sentences.share(link),
      instead: sentences.shareWithoutCode(link),
    },
  }
  return {
    issued: { token, by: { chat: chat.id, threadId, title: chat.title } },
    drafts: [alone, code, ...privacyWarning(parts, situation)],
  }
}
