import type { Change } from '../../store/commit.ts'
import type { BotParts } from '../ports.ts'
import type { Situation } from '../situation.ts'

/**
 * A command: calls the token API where it must, and says what is to change. It may be run again for the same
 * message (after a crash, or when it was overtaken), so whatever it does at once must be repeatable; all that is
 * said is in the change, which is written once.
 */
export type Command = (
  parts: BotParts,
  situation: Situation,
  argument: string,
) => Promise<Change> | Change
