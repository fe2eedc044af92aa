import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { page, PAGE_POLICY } from '../page/page.ts'
import { Refused } from '../people/refused.ts'
import type { World } from '../world/world.ts'
import { refusal } from './bot-api-server.ts'
import type { BotApi, BotApiAnswer } from './bot-api-server.ts'
import type { peopleApi } from './people-api.ts'
import { readArguments, readBody, readObject } from './read-request.ts'

type Parts = {
  readonly token: string
  readonly world: World
  readonly botApi: BotApi
  readonly answerPeople: ReturnType<typeof peopleApi>
}

/** One server for the Bot API, the people's API, the files and the page. */
export function simulatorServer(parts: Parts): Server {
  const { world, token } = parts
  const listeners = new Set<ServerResponse>()
  world.onChange((what) => {
    if (what.of !== 'chat') return
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(what)}\n\n`)
  })

  function follow(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': hello\n\n')
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator')
    const path = url.pathname
    const bot = /^\/bot([^/]+)\/(\w+)$/.exec(path)
    if (bot !== null) return callBot(parts, request, response, url, bot[1] ?? '', bot[2] ?? '')
    requireHere(request)
    const file = /^\/file\/bot([^/]+)\/([^/]+)/.exec(path) ?? /^\/files()\/([^/]+)$/.exec(path)
    if (file !== null)
      return sendFile(
        response,
        world,
        file[2] ?? '',
        path.startsWith('/files/') || sameText(file[1] ?? '', token),
      )
    if (path === '/events') return follow(response)
    if (path === '/') {
      response.setHeader('content-security-policy', PAGE_POLICY)
      return send(response, 200, page, 'text/html; charset=utf-8')
    }
    const body = await readBody(request)
    const answer = parts.answerPeople(request.method ?? 'GET', path, () => readObject(body))
    send(response, answer?.status ?? 404, answer?.body ?? { error: 'Not found' })
  }

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const refused = error instanceof Refused ? error : undefined
      const message = refused?.message ?? 'Internal Server Error'
      if (response.headersSent) response.end()
      else send(response, refused?.status ?? 500, { error: message })
    })
  })
}

async function callBot(
  { token, botApi }: Parts,
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

function sendFile(response: ServerResponse, world: World, id: string, allowed: boolean): void {
  const file = world.file(id)
  if (file === undefined || !allowed) return send(response, 404, { error: 'Not found' })
  response.writeHead(200, {
    'content-type': file.mime,
    // What a person uploads is shown as a picture or sound at most, never run as a page.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  response.end(Buffer.from(file.base64, 'base64'))
}

const HERE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * Pages of other sites must not act for the people here: their requests bear their own origin, or, where a name of
 * theirs was bent to this machine, that name.
 */
function requireHere(request: IncomingMessage): void {
  const { host = '', origin } = request.headers
  if (HERE.test(host) && (origin === undefined || origin === `http://${host}`)) return
  throw new Refused(403, 'Another site’s page may not call here.')
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
