import type { MessagePort } from 'node:worker_threads'
import { ANSWER_FIELDS, CALL, HEAD_SEPARATOR, type Field, type Message } from '../protocol.ts'

/** What comes back for a call to the cloud. */
export type Answer = {
  readonly status: number
  /** Names and values in turn, as in IncomingMessage.rawHeaders. */
  readonly rawHeaders: string[]
  readonly body: Buffer
}

/** The way to the cloud's own endpoint: a message to its thread and one back, no socket. */
export type Calls = {
  /**
   * @param headers names in lower case and values in turn
   * @param answered called once with the answer, unless the call is dropped before
   * @returns drops the call: its answer will not be delivered
   */
  readonly call: (
    method: string,
    target: string,
    headers: readonly string[],
    body: string | Uint8Array,
    answered: (answer: Answer) => void,
  ) => () => void
  readonly receive: (message: Message) => void
}

/** @param hold keeps the thread's event loop alive until the returned function is called: an answer is on its way */
export function createCalls(port: MessagePort, hold: () => () => void): Calls {
  type Waiting = { readonly answered: (answer: Answer) => void; readonly release: () => void }
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let outgoing: Message | undefined

  function flush(): void {
    const message = outgoing
    outgoing = undefined
    if (message !== undefined) port.postMessage(message)
  }

  function take(id: number): Waiting | undefined {
    const found = waiting.get(id)
    if (found !== undefined) {
      waiting.delete(id)
      found.release()
    }
    return found
  }
  return {
    call(method, target, headers, body, answered) {
      const id = ++lastId
      waiting.set(id, { answered, release: hold() })
      if (outgoing === undefined) {
        outgoing = [CALL]
        // Calls of the same turn of the event loop travel together, as they would through a socket.
        setImmediate(flush)
      }
      const head = [method, target, ...headers].join(HEAD_SEPARATOR)
      outgoing.push(id, head, body)
      return () => void take(id)
    },
    receive(message) {
      for (let at = 1; at < message.length; at += ANSWER_FIELDS) {
        const found = take(Number(message[at]))
        if (found === undefined) continue
        const head = String(message[at + 2])
        found.answered({
          status: Number(message[at + 1]),
          rawHeaders: head === '' ? [] : head.split(HEAD_SEPARATOR),
          body: bodyOf(message[at + 3]),
        })
      }
    },
  }
}

function bodyOf(field: Field | undefined): Buffer {
  if (field instanceof Uint8Array) {
    return Buffer.from(field.buffer, field.byteOffset, field.byteLength)
  }
  return Buffer.from(String(field ?? ''))
}
