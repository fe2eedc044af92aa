import { GrammyError, HttpError } from 'grammy'
import type { Refusal } from '../domain/telegram-failure.ts'

/** A gateway's words on a server behind it, which may have carried the call out: it is only the answer that is missing. */
const UNSURE_CODES: ReadonlySet<number> = new Set([502, 504])

/** Failures from before there was a connection (Node.js, "Common system errors"; undici, "Errors"). */
const UNSENT_CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What Telegram, or the way to it, said to a call; undefined for an error of our own, from before the call. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GrammyError) {
    // What stands between us and Telegram may answer in a form of its own, whatever the types say.
    const { error_code: code = 0, description, parameters } = error as Partial<GrammyError>
    return {
      code,
      description: description ?? '',
      retryAfterSeconds: parameters?.retry_after,
      migratedTo: parameters?.migrate_to_chat_id,
      unsure: code === 0 || UNSURE_CODES.has(code),
    }
  }
  // The cause is left out: its text may hold the address, and with it the bot's token.
  if (error instanceof HttpError) {
    return { code: 0, description: 'Telegram does not answer', unsure: !neverLeft(error.error) }
  }
  return undefined
}

/** True where the request was certainly not sent. */
function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (UNSENT_CODES.has(Reflect.get(error, 'code'))) return true
  return Reflect.get(error, 'syscall') === 'connect' || neverLeft(error.cause)
}
