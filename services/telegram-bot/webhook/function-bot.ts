import { logger } from '@cloudlet/kit'
import type { Api } from 'grammy'
import { createParts } from '../bot/create-parts.ts'
import type { BotParts } from '../bot/ports.ts'
import { liveEnvironment } from '../bot/live-environment.ts'
import { botInfo } from '../store/bot-info.ts'
import type { BotTable } from '../store/table.ts'
import { safeLog } from '../telegram/safe-log.ts'
import { botNumber, telegramApi } from '../telegram/telegram-api.ts'
import { webhookSecret } from '../telegram/webhook-secret.ts'
import { apiAddress } from '../tokens-api/address.ts'

/** The bot in a function. */
export type FunctionBot = {
  readonly secret: string
  readonly api: Api
  /** Made on first use, and kept while the function is warm. */
  readonly parts: () => Promise<BotParts>
}

/** The bot that the function's environment describes (stack.ts); undefined where it names no bot token. */
export function functionBot(
  variables: Readonly<Record<string, string | undefined>>,
  table: BotTable,
): FunctionBot | undefined {
  const token = variables['TELEGRAM_TOKEN'] ?? ''
  const number = botNumber(token)
  if (number === undefined) return undefined
  const apiRoot = variables['TELEGRAM_API_ROOT']
  const api = telegramApi({
    token,
    ...(apiRoot === undefined || apiRoot === '' ? {} : { apiRoot }),
  })
  const environment = liveEnvironment
  let parts: Promise<BotParts> | undefined

  async function makeParts(): Promise<BotParts> {
    return createParts({
      me: await botInfo(table, number ?? 0, environment.now(), () => api.getMe()),
      table,
      tokensUrl: apiAddress(variables['TOKENS_URL'] ?? '', variables['AWS_ENDPOINT_URL']),
      environment,
      log: safeLog(logger(), token),
      filters: variables['BOT_FILTERS'] ?? '',
    })
  }

  return {
    secret: webhookSecret(token, variables['WEBHOOK_SECRET']),
    api,
    parts() {
      // A failure is not kept: the next update tries again.
      parts ??= makeParts().catch((error: unknown) => {
        parts = undefined
        throw error
      })
      return parts
    },
  }
}
