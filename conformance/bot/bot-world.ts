import { createTable, createSimulator, runBot, tableAt } from '@cloudlet/telegram-bot'
import type { BotOptions, RunningBot, Simulator } from '@cloudlet/telegram-bot'
import { startCloud } from '../harness.ts'
import type { TestCloud } from '../harness.ts'
import { fickleTokens } from './fickle-tokens.ts'
import type { FickleTokens } from './fickle-tokens.ts'
import { quickClock } from './quick-clock.ts'
import type { QuickClock } from './quick-clock.ts'

export type Seen = ReturnType<Simulator['view']>[number]

/** A person's phone. */
export type Phone = {
  readonly id: number
  readonly says: (text: string, more?: Readonly<Record<string, unknown>>) => number
  readonly sends: (content: Readonly<Record<string, unknown>>) => number
  readonly sees: () => readonly Seen[]
  /** Waits for a message of the bot. */
  readonly gets: (what: string | RegExp | ((message: Seen) => boolean)) => Promise<Seen>
}

export type BotWorld = {
  readonly cloud: TestCloud
  readonly simulator: Simulator
  readonly tokens: FickleTokens
  readonly apiRoot: string
  readonly options: BotOptions
  readonly phone: (id: number, name?: string, language?: string) => Phone
  /** Waits until something is so that the simulated Telegram shows. */
  readonly until: <Value>(find: () => Value | undefined | false) => Promise<Value>
  readonly startBot: (more?: Partial<BotOptions>) => Promise<RunningBot>
  readonly clock: QuickClock
  readonly log: readonly string[]
  /** Waits for a line of the bots' log. */
  readonly logged: (text: string) => Promise<void>
  readonly close: () => Promise<void>
}

let tables = 0

/** The services on a local cloud, a simulated Telegram, and what starts bots between them. */
export async function botWorld(
  more: Partial<Parameters<typeof createSimulator>[0]> = {},
): Promise<BotWorld> {
  const cloud = await startCloud()
  const clock = quickClock()
  const simulator = createSimulator({ environment: clock, ...more })
  const apiRoot = await simulator.listen({ port: 0 })
  const tokens = await fickleTokens(`${cloud.frontDoor}/tokens`)
  const table = tableAt(cloud.endpoint, `bot-${++tables}`)
  await createTable(table)
  const log: string[] = []
  const readers = new Set<() => void>()
  const write = (message: string, fields: object = {}): void => {
    log.push(`${message} ${JSON.stringify(fields)}`)
    for (const reader of readers) reader()
  }
  const options: BotOptions = {
    token: simulator.token,
    table,
    tokensUrl: tokens.url,
    apiRoot,
    environment: clock,
    log: { info: write, warn: write, error: write },
  }
  const bots = new Set<RunningBot>()

  const until = waiting(simulator)

  return {
    cloud,
    simulator,
    tokens,
    apiRoot,
    options,
    until,
    clock,
    log,
    logged: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!log.some((line) => line.includes(text))) return
          readers.delete(look)
          resolve()
        }
        readers.add(look)
        look()
      }),
    phone: (id, name, language) => phoneOf(simulator, until, id, name, language),
    async startBot(changes = {}) {
      const bot = await runBot({ ...options, ...changes })
      bots.add(bot)
      return bot
    },
    async close() {
      await Promise.all([...bots].map((bot) => bot.stop()))
      await simulator.close()
      await tokens.close()
      clock.stop()
      table.client.destroy()
      await cloud.close()
    },
  }
}

/** Waits until something is so that the simulated Telegram shows. */
const waiting =
  (simulator: Simulator): BotWorld['until'] =>
  (find) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found === undefined || found === false) return
        stop()
        resolve(found)
      }
      const stop = simulator.world.onChange(look)
      look()
    })

/** The phones of a simulated Telegram. */
export const phones =
  (simulator: Simulator) =>
  (id: number, name?: string, language?: string): Phone =>
    phoneOf(simulator, waiting(simulator), id, name, language)

function phoneOf(
  { people, view }: Simulator,
  until: BotWorld['until'],
  id: number,
  name?: string,
  language?: string,
): Phone {
  people.setUp(id, {
    ...(name === undefined ? {} : { name, title: name }),
    ...(language === undefined ? {} : { language }),
  })
  const matches = (message: Seen, what: Parameters<Phone['gets']>[0]): boolean => {
    if (message.from !== 'bot') return false
    if (typeof what === 'function') return what(message)
    return typeof what === 'string' ? message.text.includes(what) : what.test(message.text)
  }
  const sends: Phone['sends'] = (content) => people.send(id, content)[0]?.message_id ?? 0
  return {
    id,
    sends,
    says: (text, more = {}) => sends({ text, ...more }),
    sees: () => view(id),
    gets: (what) => until(() => view(id).find((message) => matches(message, what))),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Has `first` make a token and `second` take it; the token. */
export async function pairPhones(first: Phone, second: Phone): Promise<string> {
  const known = new Set(first.sees().map((message) => message.id))
  first.says('/generateToken')
  const { text: token } = await first.gets(({ id, text }) => !known.has(id) && UUID.test(text))
  second.says(`/pair ${token}`)
  await second.gets(/^Paired with|^Emparejado con/)
  await first.gets(/^Paired with|^Emparejado con/)
  return token
}
