import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { UserFromGetMe } from 'grammy/types'
import type { Environment } from '../bot/ports.ts'
import { TELEGRAM_LIMITS, floodControl } from './bot-api/flood.ts'
import type { FloodLimits } from './bot-api/flood.ts'
import { createBotApi, refusal } from './http/bot-api-server.ts'
import type { BotApi, BotApiAnswer } from './http/bot-api-server.ts'
import { peopleApi } from './http/people-api.ts'
import { readArguments, readBody, readObject } from './http/read-request.ts'
import { createPeople } from './people/people.ts'
import type { People } from './people/people.ts'
import { Refused } from './people/refused.ts'
import { chatView } from './people/view.ts'
import type { SeenMessage } from './people/view.ts'
import { page, PAGE_POLICY } from './page/page.ts'
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
  const listeners = new Set<ServerResponse>()
  world.onChange((what) => {
    if (what.of !== 'chat') return
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(what)}\n\n`)
  })

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const status = error instanceof Refused ? error.status : 500
      const message = error instanceof Refused ? error.message : 'Internal Server Error'
      if (!response.headersSent) send(response, status, { error: message })
      else response.end()
    })
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator')
    const path = url.pathname
    const bot = /^\/bot([^/]+)\/(\w+)$/.exec(path)
    if (bot !== null) return callBot(request, response, url, bot[1] ?? '', bot[2] ?? '')
    const file = /^\/file\/bot([^/]+)\/([^/]+)/.exec(path) ?? /^\/files()\/([^/]+)$/.exec(path)
    if (file !== null) return sendFile(response, file[1] ?? '', file[2] ?? '', path)
    if (path === '/events') return follow(response)
    if (path === '/') {
      response.setHeader('content-security-policy', PAGE_POLICY)
      return send(response, 200, page, 'text/html; charset=utf-8')
    }
    const body = await readBody(request)
    requireJson(request, body)
    const answer = answerPeople(request.method ?? 'GET', path, () => readObject(body))
    send(response, answer?.status ?? 404, answer?.body ?? { error: 'Not found' })
  }

  async function callBot(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    given: string,
    method: string,
  ): Promise<void> {
    if (!sameText(decodeURIComponent(given), token)) {
      send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' })
      return
    }
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const type = request.headers['content-type'] ?? ''
    const body = await readBody(request)
    let answer: BotApiAnswer
    try {
      answer = await botApi.call(method, readArguments(url.searchParams, type, body), gone.signal)
    } catch (error) {
      answer = refusal(error)
    }
    send(response, answer.status, answer.body)
  }

  function sendFile(response: ServerResponse, given: string, id: string, path: string): void {
    const file = world.file(id)
    const allowed = path.startsWith('/files/') || sameText(given, token)
    if (file === undefined || !allowed) return send(response, 404, { error: 'Not found' })
    response.writeHead(200, {
      'content-type': file.mime,
      // What a person uploads is shown as a picture or sound at most, never run as a page.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    response.end(Buffer.from(file.base64, 'base64'))
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': hello\n\n')
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
  }

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
        for (const listener of listeners) listener.end()
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

/** A page of another site must not act for the people here: it cannot send JSON without being asked for (CORS). */
function requireJson(request: IncomingMessage, body: Buffer): void {
  if (request.method === 'GET' || body.length === 0) return
  const origin = request.headers.origin
  const own = origin === undefined || origin === `http://${request.headers.host ?? ''}`
  if (!own) throw new Refused(403, 'Another site’s page may not call here.')
}

function sameText(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}

function send(response: ServerResponse, status: number, body: unknown, type?: string): void {
  const text = typeof body === 'string' && type !== undefined ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': type ?? 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(text)
}
