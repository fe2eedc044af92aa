import type { Api } from 'grammy'
import { COMMAND_NAMES, COMMANDS } from '../domain/commands.ts'
import type { Language } from '../domain/language.ts'
import { sentencesIn } from '../domain/sentences/sentences.ts'

const DESCRIPTION_CHARACTERS_MAX = 256

/** The menu of commands, in both languages ("setMyCommands": names are lower case there). */
export async function announceCommands(api: Api): Promise<void> {
  await api.setMyCommands(menu('en'))
  await api.setMyCommands(menu('es'), { language_code: 'es' })
}

const menu = (language: Language) =>
  COMMAND_NAMES.map((name) => ({
    command: COMMANDS[name][language === 'es' ? 1 : 0].toLowerCase(),
    description: sentencesIn(language).commands[name].slice(0, DESCRIPTION_CHARACTERS_MAX),
  }))
