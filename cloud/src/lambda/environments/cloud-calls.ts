import type { HttpHandler, HttpResponse } from '../../kernel/index.ts'
import { ANSWER, type Field, type Message } from '../runtime/protocol.ts'

/**
 * Answers a function's call to the cloud's endpoint (a CALL message) with an ANSWER message, in this thread and
 * without a socket.
 */
export function answerCall(
  message: Message,
  handle: HttpHandler,
  reply: (answer: Message) => void,
): void {
  const [, id, method, target, body] = message
  const headers: Record<string, string> = Object.create(null) // names are the caller's
  for (let at = 5; at + 1 < message.length; at += 2) {
    headers[String(message[at])] = String(message[at + 1])
  }
  function failed(): void {
    reply([ANSWER, Number(id), 500, '{"message":"Internal failure"}'])
  }
  const send = (response: HttpResponse): void => reply(answerOf(Number(id), response))
  try {
    const answer = handle({
      method: String(method),
      target: String(target),
      headers,
      body: bodyOf(body),
      remoteAddress: '127.0.0.1',
    })
    if (answer instanceof Promise) answer.then(send, failed)
    else send(answer)
  } catch {
    failed()
  }
}

function bodyOf(field: Field | undefined): Buffer {
  if (field instanceof Uint8Array) {
    return Buffer.from(field.buffer, field.byteOffset, field.byteLength)
  }
  return Buffer.from(String(field ?? ''))
}

function answerOf(id: number, response: HttpResponse): Message {
  const answer: Message = [ANSWER, id, response.status]
  for (const name of Object.keys(response.headers)) {
    const value = response.headers[name]
    if (typeof value === 'string') answer.push(name, value)
    else for (const each of value ?? []) answer.push(name, each)
  }
  // A Buffer may be a view of a large pool, and cloning would take all of it along.
  answer.push(typeof response.body === 'string' ? response.body : new Uint8Array(response.body))
  return answer
}
