import { COMMAND_NAMES, COMMANDS } from '../../domain/commands.ts'
import { say } from '../situation.ts'
import type { Situation } from '../situation.ts'
import type { Command } from './command.ts'
import { pair } from './pair.ts'

function helpText({ chat, sentences }: Situation): string {
  const lines = COMMAND_NAMES.map((name) => {
    const [english, spanish] = COMMANDS[name]
    return `/${chat.language === 'es' ? spanish : english}: ${sentences.commands[name]}`
  })
  return `${sentences.welcome}\n\n${lines.join('\n')}`
}

export const help: Command = (_parts, situation) => ({
  drafts: [say(situation, helpText(situation))],
})

/** `/start <token>` is what a deep link sends: it pairs. */
export const start: Command = (parts, situation, argument) =>
  argument === '' ? help(parts, situation, '') : pair(parts, situation, argument)

/** What is answered to a command that there is not; a group may mean another bot. */
export const unknown = (situation: Situation, addressed: boolean) =>
  situation.chat.group && !addressed
    ? {}
    : { drafts: [say(situation, situation.sentences.unknownCommand)] }
