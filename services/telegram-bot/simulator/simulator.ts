import type { AddressInfo } from 'node:net'
import type { UserFromGetMe } from 'grammy/types'
import type { Environment } from '../bot/ports.ts'
import { TELEGRAM_LIMITS, floodControl } from './bot-api/flood.ts'
import type { FloodLimits } from './bot-api/flood.ts'
import { createBotApi } from './http/bot-api-server.ts'
import type { BotApi } from './http/bot-api-server.ts'
import { peopleApi } from './http/people-api.ts'
import { simulatorServer } from './http/server.ts'
import { createPeople } from './people/people.ts'
import type { People } from './people/people.ts'
import { chatView } from './people/view.ts'
import type { SeenMessage } from './people/view.ts'
import { webhookDelivery } from './updates/webhook.ts'
import { fileJournal, noJournal } from './world/journal.ts'
import { createWorld } from './world/world.ts'
import type { Entry, World } from './world/world.ts'

/** The token of the simulated bot: of no use anywhere else. */
export const SIMULATED_TOKEN = '1000001:simulated-bot-token-for-development'

export type SimulatorOptions = {
  readonly environment: Environment
  /** The only token that is taken. */
  readonly token?: string
  readonly username?: string
  readonly limits?: FloodLimits
  /** File in which chats and messages outlive the process; none where left out. */
  readonly journal?: string
  readonly privacyMode?: boolean
}

export type Simulator = {
  readonly token: string
  readonly world: World
  readonly people: People
  readonly botApi: BotApi
  /** The chat as its person sees it. */
  readonly view: (chat: number) => readonly SeenMessage[]
  /** @returns the address, for example `http://localhost:4570` */
  readonly listen: (options: { port: number; host?: string }) => Promise<string>
  readonly close: () => Promise<void>
}

/** A Telegram for development and tests: the Bot API, the people who chat, and a page to be one of them. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { environment, token = SIMULATED_TOKEN, username = 'cloudlet_pair_bot' } = options
  const world = createWorld({
    environment,
    me: simulatedBot(Number(token.split(':')[0]), username, options.privacyMode ?? true),
    journal:
      options.journal === undefined ? noJournal<Entry>() : fileJournal<Entry>(options.journal),
  })
  const flood = floodControl(environment, options.limits ?? TELEGRAM_LIMITS)
  const queries = new Set<string>()
  const people = createPeople(world, queries)
  const webhook = webhookDelivery(world)
  world.onChange(() => webhook.deliver())
  const botApi = createBotApi({ world, flood, webhook, commands: new Map(), queries })
  const answerPeople = peopleApi({ world, people, flood, botApi })
  const server = simulatorServer({ token, world, botApi, answerPeople })

  return {
    token,
    world,
    people,
    botApi,
    view: (id) => {
      const chat = world.chat(id)
      return chat === undefined ? [] : chatView(world, chat)
    },
    listen: ({ port, host = '127.0.0.1' }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          // A cast: a TCP server's address is an object.
          const { port: bound } = server.address() as AddressInfo
          resolve(`http://${host === '127.0.0.1' ? 'localhost' : host}:${bound}`)
        })
      }),
    close: () =>
      new Promise((resolve) => {
        webhook.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const simulatedBot = (id: number, username: string, privacyMode: boolean): UserFromGetMe =>
  ({
    id,
    is_bot: true,
    first_name: 'Pairing bot',
    username,
    can_join_groups: true,
    can_read_all_group_messages: !privacyMode,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    // A cast: further abilities are simply absent.
  }) as UserFromGetMe
