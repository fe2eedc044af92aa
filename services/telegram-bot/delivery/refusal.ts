import { GrammyError, HttpError } from 'grammy'
import type { Refusal } from '../domain/telegram-failure.ts'

/** What Telegram, or the way to it, said to a call; undefined for an error of our own. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GrammyError) {
    // What stands between us and Telegram may answer in a form of its own, whatever the types say.
    const { error_code: code, description, parameters } = error as Partial<GrammyError>
    return {
      code: code ?? 0,
      description: description ?? '',
      retryAfterSeconds: parameters?.retry_after,
      migratedTo: parameters?.migrate_to_chat_id,
    }
  }
  // The cause is left out: its text may hold the address, and with it the bot's token.
  if (error instanceof HttpError) return { code: 0, description: 'Telegram does not answer' }
  return undefined
}
