import { ApiError } from '../bot-api/api-error.ts'
import { list, optionalInteger } from '../bot-api/arguments.ts'
import type { Arguments } from '../bot-api/arguments.ts'
import type { MethodContext } from '../bot-api/context.ts'
import { requireNoWebhook } from '../bot-api/methods/bot.ts'
import { methods } from '../bot-api/methods/index.ts'
import { Refused } from '../people/refused.ts'
import { updatePolling } from '../updates/polling.ts'

export type BotApiAnswer = { readonly status: number; readonly body: object }

/** A failure that a test asks for. */
export type Failure = {
  readonly code: number
  readonly description: string
  readonly retryAfter?: number
}

export type BotApi = {
  readonly call: (method: string, from: Arguments, gone: AbortSignal) => Promise<BotApiAnswer>
  /** Fails the next calls of a method; `afterwards` does what they ask, and loses the answer. */
  readonly fail: (method: string, times: number, failure: Failure | 'afterwards') => void
  /** The calls that were carried out, in order. */
  readonly calls: () => readonly {
    readonly method: string
    readonly chat: number
    readonly atMs: number
  }[]
}

const CALLS_KEPT = 50_000

export function createBotApi(context: MethodContext): BotApi {
  const { world, webhook } = context
  const poll = updatePolling(world)
  const failures = new Map<string, { times: number; failure: Failure | 'afterwards' }>()
  const calls: { method: string; chat: number; atMs: number }[] = []

  /** @throws ApiError */
  function failNow(method: string): 'afterwards' | undefined {
    const planned = failures.get(method)
    if (planned === undefined || planned.times <= 0) return undefined
    planned.times--
    if (planned.failure === 'afterwards') return 'afterwards'
    const { code, description, retryAfter } = planned.failure
    throw new ApiError(
      code,
      description,
      retryAfter === undefined ? undefined : { retry_after: retryAfter },
    )
  }

  async function run(name: string, from: Arguments, gone: AbortSignal): Promise<unknown> {
    const lost = failNow(name)
    if (name === 'getupdates') {
      requireNoWebhook(webhook)
      world.setAllowed(list(from, 'allowed_updates')?.map(String))
      return poll({
        offset: optionalInteger(from, 'offset'),
        limit: optionalInteger(from, 'limit'),
        timeoutSeconds: optionalInteger(from, 'timeout'),
        gone,
      })
    }
    const method = methods.get(name)
    if (method === undefined) throw new ApiError(404, 'Not Found')
    const atMs = world.environment.now()
    const result = method(context, from)
    calls.push({ method: name, chat: Number(from.values['chat_id'] ?? 0), atMs })
    if (calls.length > CALLS_KEPT) calls.shift()
    if (lost === 'afterwards') throw new ApiError(502, 'Bad Gateway')
    return result
  }

  return {
    async call(method, from, gone) {
      try {
        const result = await run(method.toLowerCase(), from, gone)
        return { status: 200, body: { ok: true, result } }
      } catch (error) {
        return refusal(error)
      }
    },
    fail: (method, times, failure) => void failures.set(method.toLowerCase(), { times, failure }),
    calls: () => calls,
  }
}

/** The Bot API's form of a refusal. @throws what is none */
export function refusal(error: unknown): BotApiAnswer {
  if (error instanceof Refused) {
    return {
      status: error.status,
      body: { ok: false, error_code: error.status, description: `Bad Request: ${error.message}` },
    }
  }
  if (!(error instanceof ApiError)) throw error
  const { code, message, parameters } = error
  return {
    status: code,
    body: {
      ok: false,
      error_code: code,
      description: message,
      ...(parameters === undefined ? {} : { parameters }),
    },
  }
}
