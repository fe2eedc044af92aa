import type { HttpHandler, HttpRequest, HttpResponse } from '../../kernel/index.ts'
import {
  ANSWER,
  CALL_FIELDS,
  HEAD_SEPARATOR,
  type Field,
  type Message,
} from '../runtime/protocol.ts'

const FAILED: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Internal failure"}',
}

/** Answers one environment's calls to the cloud's endpoint, in this thread and without a socket. */
export class CloudCalls {
  readonly #handle: HttpHandler
  readonly #post: (message: Message) => void
  #outgoing: Message | undefined

  constructor(handle: HttpHandler, post: (message: Message) => void) {
    this.#handle = handle
    this.#post = post
  }

  /** Takes a CALL message. */
  receive(message: Message): void {
    for (let at = 1; at < message.length; at += CALL_FIELDS) {
      const id = Number(message[at])
      try {
        const answer = this.#handle(requestOf(String(message[at + 1]), message[at + 2]))
        if (answer instanceof Promise) this.#replyLater(id, answer)
        else this.#reply(id, answer)
      } catch {
        this.#reply(id, FAILED)
      }
    }
  }

  #replyLater(id: number, answer: Promise<HttpResponse>): void {
    answer.then(
      (response) => this.#reply(id, response),
      () => this.#reply(id, FAILED),
    )
  }

  #reply(id: number, { status, headers, body }: HttpResponse): void {
    if (this.#outgoing === undefined) {
      this.#outgoing = [ANSWER]
      process.nextTick(() => this.#flush())
    }
    // A Buffer may be a view of a large pool, and cloning would take all of it along.
    const sent = typeof body === 'string' ? body : new Uint8Array(body)
    this.#outgoing.push(id, status, headOf(headers), sent)
  }

  #flush(): void {
    const message = this.#outgoing
    this.#outgoing = undefined
    if (message !== undefined) this.#post(message)
  }
}

function requestOf(head: string, body: Field | undefined): HttpRequest {
  const [method = 'GET', target = '/', ...fields] = head.split(HEAD_SEPARATOR)
  const headers: Record<string, string> = Object.create(null) // names are the caller's
  for (let at = 0; at + 1 < fields.length; at += 2) {
    headers[fields[at] ?? ''] = fields[at + 1] ?? ''
  }
  return { method, target, headers, body: bodyOf(body), remoteAddress: '127.0.0.1' }
}

function headOf(headers: HttpResponse['headers']): string {
  const fields: string[] = []
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (typeof value === 'string') fields.push(name, value)
    else for (const each of value ?? []) fields.push(name, each)
  }
  return fields.join(HEAD_SEPARATOR)
}

function bodyOf(field: Field | undefined): Buffer {
  if (field instanceof Uint8Array) {
    return Buffer.from(field.buffer, field.byteOffset, field.byteLength)
  }
  return Buffer.from(String(field ?? ''))
}
