import type { HttpAnswer } from '../http/answer.ts'
import type { HttpClient } from '../http/http-client.ts'
import { TransportError } from '../http/transport-error.ts'
import type { ErrorSource } from '../measure/errors.ts'
import { RequestFailed, type Sending, type Target } from '../scenario/scenario.ts'
import type { TargetAddress } from './plan.ts'

/** What sends requests and, in the end, closes its connections. */
export type Client = Pick<HttpClient, 'send' | 'close'>

/** Hears of every request. `detail` says more of one that failed: what the server wrote, or the system. */
export type OnRequest = (
  name: string,
  ms: number,
  outcome: string,
  error: ErrorSource | undefined,
  detail?: () => string,
) => void

const DETAIL_LENGTH_MAX = 200

export type TargetOptions = {
  readonly address: TargetAddress
  readonly client: Client
  /** Made different for every worker and run. */
  readonly prefix: string
  readonly now: () => number
  readonly onRequest: OnRequest
}

/** Names an address by service and the tokens that go with it. */
export function addressBook(address: TargetAddress): Pick<Target, 'url' | 'token'> {
  const urls = new Map(Object.entries(address.services))
  return {
    url: (service) => urls.get(service) ?? `${address.base}/${service}`,
    token: (use) => (use === 'access' ? address.accessToken : address.idToken),
  }
}

/** The target as set-up, tear-down and every user see it. */
export function targetOf(o: TargetOptions): Target {
  const { client, now, onRequest } = o
  let serial = 0
  const send = senderOf(client, now, onRequest)
  return {
    ...addressBook(o.address),
    unique: () => `${o.prefix}-${(serial++).toString(36)}`,
    send: (name, method, url, sending) => send(name, method, url, sending, undefined),
    async code(username) {
      const { outbox } = o.address
      if (outbox === undefined) return undefined
      const url = `${outbox}?user=${encodeURIComponent(username)}`
      const answer = await client.send({ method: 'GET', url })
      return answer.status === 200 ? newestCode(answer.json()) : undefined
    },
  }
}

/**
 * Sends and counts. `intendedMs` is when the request should have been sent, where that was earlier than it was: the
 * time that it waited then belongs to its duration (Gil Tene: coordinated omission).
 */
export function senderOf(client: Client, now: () => number, onRequest: OnRequest) {
  return async (
    name: string,
    method: string,
    url: string,
    sending: Sending | undefined,
    intendedMs: number | undefined,
  ) => {
    const startMs = intendedMs ?? now()
    try {
      const answer = await client.send({ method, url, ...callOf(sending) })
      const failed = answer.status >= 400 && sending?.expect?.includes(answer.status) !== true
      const status = String(answer.status)
      if (!failed) {
        onRequest(name, now() - startMs, status, undefined)
        return answer
      }
      onRequest(name, now() - startMs, status, 'http', () => sentenceOf(answer))
      throw new RequestFailed(`${name} answered ${status}`, true)
    } catch (error) {
      if (!(error instanceof TransportError)) throw error
      onRequest(name, now() - startMs, error.kind, 'transport', () => error.message)
      throw new RequestFailed(`${name}: ${error.message} (${error.kind})`, false)
    }
  }
}

/** What an answer says went wrong: its body in one line, as far as it goes. */
const sentenceOf = (answer: HttpAnswer): string =>
  answer.text().replaceAll(/\s+/g, ' ').trim().slice(0, DETAIL_LENGTH_MAX)

function callOf(sending: Sending | undefined): {
  headers?: Record<string, string>
  body?: unknown
} {
  if (sending === undefined) return {}
  const { headers, body, token } = sending
  return {
    ...(headers === undefined && token === undefined
      ? {}
      : {
          headers:
            token === undefined ? { ...headers } : { authorization: `Bearer ${token}`, ...headers },
        }),
    ...(body === undefined ? {} : { body }),
  }
}

/** The code of the first message that has one; the outbox lists the newest first. */
function newestCode(listed: unknown): string | undefined {
  if (typeof listed !== 'object' || listed === null) return undefined
  const messages: unknown = Array.isArray(listed) ? listed : Object.values(listed)[0]
  if (!Array.isArray(messages)) return undefined
  for (const message of messages as unknown[]) {
    if (typeof message !== 'object' || message === null || !('code' in message)) continue
    if (typeof message.code === 'string') return message.code
  }
  return undefined
}
