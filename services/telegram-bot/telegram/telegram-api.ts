import { autoRetry } from '@grammyjs/auto-retry'
import { Api } from 'grammy'
import { CALL_SECONDS_MAX } from '../domain/limits.ts'
import { platformFetch } from './platform-fetch.ts'

/** A bot's token: the bot's number, a colon, a secret. */
const BOT_TOKEN = /^(\d{1,16}):[A-Za-z0-9_-]{5,}$/

export type TelegramOptions = {
  readonly token: string
  /** Another server of the Bot API than Telegram's. */
  readonly apiRoot?: string | undefined
  readonly timeoutSeconds?: number
}

/** The bot's number, which its token begins with; undefined where it is no token. */
export function botNumber(token: string): number | undefined {
  const match = BOT_TOKEN.exec(token)
  return match === null ? undefined : Number(match[1])
}

/** The Bot API for what is queued: a refusal is given back at once, because the queue waits without blocking. */
export const telegramApi = ({
  token,
  apiRoot,
  timeoutSeconds = CALL_SECONDS_MAX,
}: TelegramOptions): Api =>
  new Api(token, {
    timeoutSeconds,
    fetch: platformFetch,
    ...(apiRoot === undefined ? {} : { apiRoot }),
  })

/** The Bot API for set-up: it waits where Telegram says so, and tries again what may pass. */
export function patientTelegramApi(options: TelegramOptions): Api {
  const api = telegramApi(options)
  api.config.use(autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 30 }))
  return api
}
