import type { Draft } from '../domain/job.ts'
import type { BotParts } from './ports.ts'
import { say } from './situation.ts'
import type { Situation } from './situation.ts'

/** True where the bot is shown only commands and answers to it ("Privacy mode"). */
export const seesLittle = (parts: BotParts, { chat }: Pick<Situation, 'chat'>): boolean =>
  chat.group && !chat.admin && !parts.me.can_read_all_group_messages

/** Tells a group that what its people write will not be relayed, and what to do. */
export const privacyWarning = (parts: BotParts, situation: Situation): Draft[] =>
  seesLittle(parts, situation)
    ? [say(situation, situation.sentences.privacyMode(parts.me.username))]
    : []
