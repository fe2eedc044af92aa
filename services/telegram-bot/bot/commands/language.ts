import { namedLanguage } from '../../domain/language.ts'
import { sentencesIn } from '../../domain/sentences/sentences.ts'
import { say } from '../situation.ts'
import type { Command } from './command.ts'

/** Sets the language that the bot speaks in this chat. */
export const language: Command = (_parts, situation, argument) => {
  const chosen = namedLanguage(argument)
  if (chosen === undefined) return { drafts: [say(situation, situation.sentences.languageUsage)] }
  return {
    chats: [{ ...situation.chat, language: chosen, languageChosen: true }],
    drafts: [say(situation, sentencesIn(chosen).languageSet)],
  }
}
