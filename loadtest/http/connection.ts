import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpAnswer } from './answer.ts'
import { AnswerReader, BadAnswer } from './answer-reader.ts'
import { TransportError } from './transport-error.ts'

export type Origin = {
  readonly secure: boolean
  readonly host: string
  readonly port: number
}

type Waiting = {
  readonly isHead: boolean
  readonly deadlineMs: number
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (error: TransportError) => void
}

/**
 * One keep-alive HTTP/1.1 connection with one request under way at a time. It writes requests as they are and does
 * no more for an answer than to find its end: the generator must cost less than the server it measures.
 * It connects when it is first used, and again after the server has closed it.
 */
export class Connection {
  readonly #origin: Origin
  #socket: Socket | undefined
  #reader = new AnswerReader()
  #waiting: Waiting | undefined

  constructor(origin: Origin) {
    this.#origin = origin
  }

  get busy(): boolean {
    return this.#waiting !== undefined
  }

  /**
   * Sends a whole request as text.
   *
   * @param deadlineMs when to give up, by the clock that {@link giveUpAt} is called with
   * @throws TransportError
   */
  send(request: string, isHead: boolean, deadlineMs: number): Promise<HttpAnswer> {
    const socket = this.#socket ?? this.#open()
    return new Promise((resolve, reject) => {
      this.#waiting = { isHead, deadlineMs, resolve, reject }
      socket.write(request)
    })
  }

  /** Fails the request under way if its deadline is past. */
  giveUpAt(nowMs: number): void {
    if (this.#waiting === undefined || nowMs < this.#waiting.deadlineMs) return
    this.#fail('timeout', 'No answer came in time.')
  }

  /** Ends the connection; a request under way fails with the kind given. */
  close(kind = 'closed', message = 'The connection was closed.'): void {
    this.#fail(kind, message)
  }

  #open(): Socket {
    const { secure, host, port } = this.#origin
    const socket = secure
      ? connectTls({ host, port, servername: host, ALPNProtocols: ['http/1.1'] })
      : connect({ host, port })
    socket.setNoDelay(true)
    this.#socket = socket
    this.#reader = new AnswerReader()
    socket.on('data', (bytes) => this.#receive(socket, bytes))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#socket === socket) this.#fail(error.code ?? 'error', error.message)
    })
    socket.on('end', () => {
      const complete = this.#socket === socket ? this.#reader.end() : undefined
      if (complete !== undefined) this.#settle(complete.answer)
    })
    socket.on('close', () => {
      if (this.#socket === socket) this.#fail('ECONNRESET', 'The server closed the connection.')
    })
    return socket
  }

  #receive(socket: Socket, bytes: Buffer): void {
    const waiting = this.#waiting
    if (this.#socket !== socket) return
    if (waiting === undefined) return this.#fail('protocol', 'The server sent what nobody asked.')
    try {
      const complete = this.#reader.push(bytes, waiting.isHead)
      if (complete === undefined) return
      if (!complete.keepAlive) this.#drop()
      this.#settle(complete.answer)
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error
      this.#fail('protocol', error.message)
    }
  }

  #settle(answer: HttpAnswer): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }

  #fail(kind: string, message: string): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    this.#drop()
    waiting?.reject(new TransportError(kind, message))
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
  }
}
