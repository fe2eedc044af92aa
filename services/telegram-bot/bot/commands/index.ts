import type { CommandName } from '../../domain/commands.ts'
import type { Command } from './command.ts'
import { deleteToken, unpair } from './delete-token.ts'
import { filter, filters, unfilter } from './filter.ts'
import { generateToken } from './generate-token.ts'
import { help, start } from './help.ts'
import { language } from './language.ts'
import { pair } from './pair.ts'
import { pause, resume } from './pause.ts'
import { rememberToken } from './remember-token.ts'
import { status, use } from './status.ts'

/** What each command does. A new command is named in domain/commands.ts and added here. */
export const commands: Readonly<Record<CommandName, Command>> = {
  start,
  help,
  generateToken,
  pair,
  rememberToken,
  deleteToken,
  status,
  use,
  pause,
  resume,
  unpair,
  filter,
  filters,
  unfilter,
  language,
}
