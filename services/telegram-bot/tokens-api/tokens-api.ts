import { backingOff } from '@cloudlet/kit'
import type { ChatId } from '../domain/chat.ts'
import type { TokenProblem } from '../domain/sentences/sentences.ts'

const TIMEOUT_MS = 2_000
const ATTEMPTS = { attemptsMax: 3, waitMs: 200, waitMsMax: 1_000 } as const

/** A token as the API shows it. Entities are whatever its clients gave: ours are chats' numbers. */
export type TokenView = {
  readonly token: string
  readonly entity1: unknown
  readonly entity2: unknown
  /** Milliseconds since the epoch. */
  readonly endsAt: number | undefined
}

export type TokenAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: TokenProblem }

/** The token API over HTTP, as any client calls it. Nothing here throws for what the API or the network does. */
export type TokensApi = {
  readonly create: (chat: ChatId, ttlSeconds?: number) => Promise<TokenAnswer<TokenView>>
  readonly get: (token: string) => Promise<TokenAnswer<TokenView>>
  /** May be repeated: pairing the same chat again changes nothing. */
  readonly pair: (token: string, chat: ChatId) => Promise<TokenAnswer<TokenView>>
  /** Ends in ok for a token that is gone already. */
  readonly remove: (token: string) => Promise<TokenAnswer<undefined>>
}

export type TokensApiOptions = {
  /** For example `https://…/tokens`. */
  readonly url: string
  readonly fetch?: typeof fetch
  readonly sleep?: (ms: number) => Promise<void>
  readonly random?: () => number
}

type Call = { readonly method: string; readonly path: string; readonly body?: object }
type Reply = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }

/** The API did not answer, or answered with a failure: the call may be repeated. */
class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

const PROBLEMS: Readonly<Record<number, TokenProblem>> = {
  400: 'itself',
  404: 'not found',
  409: 'taken',
}

export function tokensApi(options: TokensApiOptions): TokensApi {
  const { url, fetch: send = fetch, sleep, random } = options
  const base = url.replace(/\/+$/, '')

  async function once({ method, path, body }: Call): Promise<Reply> {
    let response: Response
    let text: string
    try {
      response = await send(`${base}${path}`, {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      text = await response.text()
    } catch (error) {
      throw new Unavailable('The token API does not answer', { cause: error })
    }
    if (response.status >= 500 || response.status === 429) {
      throw new Unavailable(`The token API answers ${response.status}`)
    }
    return { status: response.status, body: objectOf(text) }
  }

  async function call<Value>(
    request: Call,
    read: (reply: Reply) => TokenAnswer<Value>,
  ): Promise<TokenAnswer<Value>> {
    try {
      const reply = await backingOff(
        () => once(request),
        (error) => error instanceof Unavailable,
        {
          ...ATTEMPTS,
          ...(sleep === undefined ? {} : { sleep }),
          ...(random === undefined ? {} : { random }),
        },
      )
      return read(reply)
    } catch (error) {
      if (error instanceof Unavailable) return { ok: false, problem: 'unavailable' }
      throw error
    }
  }

  return {
    // The API takes no key by which a repeated call is known (contract of POST /create). So after a lost answer there
    // is a token more, which nobody knows, nobody can guess, and nobody can be asked for, to delete it.
    create: (chat, ttlSeconds) =>
      call({ method: 'POST', path: '/create', body: { entityId: chat, ttlSeconds } }, readView),
    get: (token) => call({ method: 'GET', path: `/get/${encodeURIComponent(token)}` }, readView),
    pair: (token, chat) =>
      call(
        { method: 'PUT', path: `/update/${encodeURIComponent(token)}`, body: { entityId: chat } },
        readView,
      ),
    remove: (token) =>
      call({ method: 'DELETE', path: `/delete/${encodeURIComponent(token)}` }, ({ status }) =>
        status === 200 || status === 404
          ? { ok: true, value: undefined }
          : { ok: false, problem: PROBLEMS[status] ?? 'unavailable' },
      ),
  }
}

function readView({ status, body }: Reply): TokenAnswer<TokenView> {
  const { token, entity1, entity2, expiresAt } = body
  if (status !== 200 || typeof token !== 'string') {
    return { ok: false, problem: PROBLEMS[status] ?? 'unavailable' }
  }
  return {
    ok: true,
    value: {
      token,
      entity1,
      entity2: entity2 ?? undefined,
      endsAt: typeof expiresAt === 'string' ? Date.parse(expiresAt) : undefined,
    },
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    // A cast at a checked boundary: any object has fields of unknown kind.
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
