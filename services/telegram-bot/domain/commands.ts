import type { Language } from './language.ts'

/** Every command: its English and its Spanish name, as they are shown. Matched whatever their case. */
export const COMMANDS = {
  start: ['start', 'start'],
  help: ['help', 'ayuda'],
  generateToken: ['generateToken', 'generarToken'],
  pair: ['pair', 'emparejar'],
  rememberToken: ['rememberToken', 'recordar'],
  deleteToken: ['deleteToken', 'eliminar'],
  status: ['status', 'estado'],
  use: ['use', 'usar'],
  pause: ['pause', 'pausar'],
  resume: ['resume', 'reanudar'],
  unpair: ['unpair', 'desemparejar'],
  filter: ['filter', 'filtrar'],
  filters: ['filters', 'filtros'],
  unfilter: ['unfilter', 'quitarFiltro'],
  language: ['language', 'idioma'],
} as const satisfies Readonly<Record<string, readonly [english: string, spanish: string]>>

export type CommandName = keyof typeof COMMANDS

/** The commands in the order in which /help lists them. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]

export type CommandCall = {
  readonly name: CommandName | 'unknown'
  /** What follows the command's word, without the spaces around it. */
  readonly argument: string
  /** The language of the word, where it is a word of one language only. */
  readonly language: Language | undefined
  /** `/help@name`: the sender named the bot. */
  readonly addressed: boolean
}

const byWord = new Map(
  COMMAND_NAMES.flatMap((name) => {
    const [english, spanish] = COMMANDS[name]
    const known = (word: string, language: Language | undefined) =>
      [word.toLowerCase(), { name, language }] as const
    return english === spanish
      ? [known(english, undefined)]
      : [known(english, undefined), known(spanish, 'es')]
  }),
)

const COMMAND = /^\/([\p{L}\p{N}_]{1,64})(?:@(\w{1,64}))?(?:\s+([^]*))?$/u

/** Reads `/word@bot argument`; undefined for what is no command, or is another bot's. */
export function readCommand(text: string, botName: string): CommandCall | undefined {
  const match = COMMAND.exec(text)
  if (match === null) return undefined
  const [, word = '', bot, argument = ''] = match
  if (bot !== undefined && bot.toLowerCase() !== botName.toLowerCase()) return undefined
  const known = byWord.get(word.toLowerCase())
  return {
    name: known?.name ?? 'unknown',
    argument: argument.trim(),
    language: known?.language,
    addressed: bot !== undefined,
  }
}
