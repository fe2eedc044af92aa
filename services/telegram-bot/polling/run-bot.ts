import { randomUUID } from 'node:crypto'
import { logger } from '@cloudlet/kit'
import type { Logger } from '@cloudlet/kit'
import { createParts } from '../bot/create-parts.ts'
import { liveEnvironment } from '../bot/live-environment.ts'
import type { Environment } from '../bot/ports.ts'
import { deliverer } from '../delivery/deliverer.ts'
import { pace } from '../delivery/pace.ts'
import { queue } from '../store/queue.ts'
import type { BotTable } from '../store/table.ts'
import { announceCommands } from '../telegram/announce-commands.ts'
import { safeLog } from '../telegram/safe-log.ts'
import { patientTelegramApi, telegramApi } from '../telegram/telegram-api.ts'
import { poller } from './poll.ts'

export type BotOptions = {
  readonly token: string
  readonly table: BotTable
  /** Address of the token API. */
  readonly tokensUrl: string
  /** Another server of the Bot API than Telegram's. */
  readonly apiRoot?: string
  /** Filters of every pairing, as domain/filters.ts reads them. */
  readonly filters?: string
  readonly environment?: Environment
  readonly log?: Logger
}

export type RunningBot = {
  readonly username: string
  /** Ends when the bot is stopped. @throws where Telegram does not know the bot's token */
  readonly ended: Promise<void>
  /** Lets what is being sent come to its end. What is queued stays in the table. */
  readonly stop: () => Promise<void>
}

/**
 * Runs the bot by long polling, in this process. It needs its table (store/layout.ts) and keeps nothing outside it.
 *
 * @throws where Telegram does not know the bot's token, or does not answer
 */
export async function runBot(options: BotOptions): Promise<RunningBot> {
  const { token, table, environment = liveEnvironment } = options
  const log = safeLog(options.log ?? logger({ part: 'bot' }), token)
  const telegram = { token, apiRoot: options.apiRoot }
  const patient = patientTelegramApi(telegram)
  const me = await patient.getMe()
  await announceCommands(patient)
  const parts = createParts({
    me,
    table,
    tokensUrl: options.tokensUrl,
    environment,
    log,
    filters: options.filters ?? '',
  })
  const api = telegramApi(telegram)
  const delivery = deliverer({
    parts,
    api,
    queue: queue(table),
    pace: pace(),
    worker: randomUUID(),
  })
  // Long polls outlast the time limit of other calls; their own abort signal ends them.
  const polling = poller(parts, pollingApi(telegram), delivery.wake)
  const stopping = new AbortController()

  async function deliver(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await delivery.run({ untilMs: Number.MAX_SAFE_INTEGER, whenEmpty: 'wait' })
      } catch (error) {
        log.error('The queue could not be read', { error })
        await environment.sleep(1_000)
      }
    }
  }

  const delivering = deliver()
  const ended = polling.run().finally(async () => {
    stopping.abort()
    delivery.stop()
    await delivering
  })
  return {
    username: me.username,
    ended,
    async stop() {
      polling.stop()
      await ended.catch(() => undefined)
    },
  }
}

const POLL_CALL_SECONDS = 60

const pollingApi = (telegram: Parameters<typeof telegramApi>[0]) =>
  telegramApi({ ...telegram, timeoutSeconds: POLL_CALL_SECONDS })
