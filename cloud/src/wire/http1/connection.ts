import type { Socket } from 'node:net'
import type { HttpRequest, HttpResponse } from '../../kernel/index.ts'
import { headerBytesMax, joinedBytesMax, pipelineBytesMax } from '../limits.ts'
import { answerHead } from './answer-head.ts'
import { chunkedReader, type ChunkedOutcome } from './chunked-body.ts'
import type { HeldSockets } from './held-sockets.ts'
import { parseHead, type Head } from './parse-head.ts'

/** What a connection is told by its server. */
export type ConnectionHost = {
  readonly bodyBytesMax: number
  /** The value of the `Date` header. */
  readonly date: () => string
  /** No further requests are taken. */
  readonly closing: () => boolean
  /** A refusal before the body is read, or undefined. */
  readonly guard: ((request: HttpRequest) => HttpResponse | undefined) | undefined
  /** Never throws and never rejects. */
  readonly respond: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>
  readonly tooLarge: (request: HttpRequest) => HttpResponse
  readonly held: HeldSockets
  /** An answer that HTTP cannot carry; gives the one to send instead. */
  readonly unsendable: (request: HttpRequest, cause: unknown) => HttpResponse
}

const headEnd = Buffer.from('\r\n\r\n')
const empty = Buffer.alloc(0)
const CR = 13
const LF = 10

type Waiting = {
  readonly head: Head
  readonly feed: (bytes: Buffer) => ChunkedOutcome
}

/**
 * One connection: reads requests one after the other, answers each before it reads the next. A state machine fed
 * with what the socket reads; node:http does the same with more machinery than a server of small JSON calls needs
 * (an answered 1 KB call costs about half of node:http's time).
 */
export class Connection {
  /**
   * `idle`: between requests, or within a head; `body`: within a body; `answering`: a handler is at work;
   * `closing`: the last answer is written, what still comes is dropped.
   */
  phase: 'idle' | 'body' | 'answering' | 'closing' = 'idle'
  /** Sweeps since the phase last changed: the server's coarse clock for timeouts. */
  age = 0
  private readonly socket: Socket
  private readonly host: ConnectionHost
  private readonly remoteAddress: string
  private pending: Buffer | undefined
  private waiting: Waiting | undefined
  private ended = false
  private parsing = false

  constructor(socket: Socket, host: ConnectionHost) {
    this.socket = socket
    this.host = host
    this.remoteAddress = socket.remoteAddress ?? '127.0.0.1'
    socket.on('end', () => this.finish())
    socket.on('error', () => socket.destroy())
  }

  /** True when bytes of a request have come and more are due. */
  get unfinished(): boolean {
    return this.phase === 'body' || (this.phase === 'idle' && this.pending !== undefined)
  }

  /** Ends the connection without a handler's word: for malformed requests and timeouts. */
  refuse(status: number): void {
    this.send({ status, headers: {}, body: '' }, 'GET', false, false)
  }

  destroy(): void {
    this.socket.destroy()
  }

  /** Settles when the connection is closed, which it is not yet. */
  gone(): Promise<void> {
    return new Promise((resolve) => this.socket.once('close', () => resolve()))
  }

  /** What has come from the client. */
  take(chunk: Buffer): void {
    switch (this.phase) {
      case 'closing':
        return
      case 'body':
        this.takeBody(chunk)
        break
      case 'answering':
      case 'idle':
        if (this.phase === 'idle' && this.pending === undefined) this.age = 0
        this.pending = this.pending === undefined ? chunk : Buffer.concat([this.pending, chunk])
        if (this.phase === 'answering' && this.pending.length > pipelineBytesMax)
          this.socket.pause()
    }
    this.parse()
  }

  /** The client will send no more. What it has asked for is still answered. */
  private finish(): void {
    this.ended = true
    if (this.phase !== 'answering') this.socket.end()
  }

  private parse(): void {
    if (this.parsing) return
    this.parsing = true
    while (this.phase === 'idle' && this.pending !== undefined) {
      if (!this.parseOne(this.pending)) break
    }
    this.parsing = false
  }

  /** Reads one head; false when it is not complete. */
  private parseOne(bytes: Buffer): boolean {
    let start = 0
    // A client may send an empty line before a request (RFC 9112, "Message Parsing").
    while (bytes[start] === CR && bytes[start + 1] === LF) start += 2
    const end = bytes.indexOf(headEnd, start)
    if (end === -1 || end - start > headerBytesMax) {
      if (bytes.length - start > headerBytesMax) this.refuse(431)
      else if (start === bytes.length) this.pending = undefined
      return false
    }
    const head = parseHead(bytes, start, end)
    const next = end + headEnd.length
    this.pending = next === bytes.length ? undefined : bytes.subarray(next)
    if (typeof head === 'number') this.refuse(head)
    else this.begin(head)
    return true
  }

  private requestOf(head: Head, body: Buffer): HttpRequest {
    return {
      method: head.method,
      target: head.target,
      headers: head.headers,
      body,
      remoteAddress: this.remoteAddress,
    }
  }

  private begin(head: Head): void {
    const { host } = this
    const { length } = head
    this.age = 0
    if (host.guard !== undefined) {
      const refusal = host.guard(this.requestOf(head, empty))
      if (refusal !== undefined) {
        this.send(refusal, head.method, head.keepAlive && length === 0, head.oldVersion)
        return
      }
    }
    if (length === 0) {
      this.answer(head, empty)
      return
    }
    if (length !== 'chunked') {
      if (length > host.bodyBytesMax) {
        this.send(host.tooLarge(this.requestOf(head, empty)), head.method, false, head.oldVersion)
        return
      }
      const { pending } = this
      if (pending !== undefined && pending.length >= length) {
        this.pending = pending.length === length ? undefined : pending.subarray(length)
        this.answer(head, pending.subarray(0, length))
        return
      }
    }
    const feed = length === 'chunked' ? chunkedReader(host.bodyBytesMax) : countedReader(length)
    this.phase = 'body'
    this.waiting = { head, feed }
    if (head.headers['expect'] !== undefined) this.socket.write('HTTP/1.1 100 Continue\r\n\r\n')
    const { pending } = this
    this.pending = undefined
    if (pending !== undefined) this.takeBody(pending)
  }

  private takeBody(bytes: Buffer): void {
    const { waiting } = this
    if (waiting === undefined) return
    const outcome = waiting.feed(bytes)
    if (outcome.kind === 'more') return
    this.waiting = undefined
    if (outcome.kind === 'done') {
      this.pending = outcome.rest.length === 0 ? undefined : outcome.rest
      this.answer(waiting.head, outcome.body)
    } else if (outcome.status === 413) {
      const { head } = waiting
      this.send(
        this.host.tooLarge(this.requestOf(head, empty)),
        head.method,
        false,
        head.oldVersion,
      )
    } else this.refuse(outcome.status)
  }

  private answer(head: Head, body: Buffer): void {
    this.phase = 'answering'
    const request = this.requestOf(head, body)
    const outcome = this.host.respond(request)
    if (outcome instanceof Promise) {
      void outcome.then((response) => {
        this.deliver(response, head, request)
        this.parse()
        return undefined
      })
    } else this.deliver(outcome, head, request)
  }

  private deliver(response: HttpResponse, head: Head, request: HttpRequest): void {
    try {
      this.send(response, head.method, head.keepAlive, head.oldVersion)
    } catch (cause) {
      const instead = this.host.unsendable(request, cause)
      this.send(instead, head.method, head.keepAlive, head.oldVersion)
    }
  }

  /** @throws TypeError or RangeError for an answer that HTTP cannot carry; nothing has been written then */
  private send(
    response: HttpResponse,
    method: string,
    keepAlive: boolean,
    oldVersion: boolean,
  ): void {
    const { socket, host } = this
    const { body } = response
    const last = !keepAlive || this.ended || host.closing()
    const text = typeof body === 'string'
    const bytes = text ? Buffer.byteLength(body) : body.length
    const connection = last ? 'close' : oldVersion ? 'keep-alive' : undefined
    const head = answerHead(response, bytes, host.date(), connection)
    this.age = 0
    this.phase = last ? 'closing' : 'idle'
    if (socket.destroyed) return
    host.held.hold(socket)
    let flowing = true
    if (method === 'HEAD' || bytes === 0 || response.status === 204 || response.status === 304) {
      flowing = socket.write(head, 'latin1')
    } else if (text && bytes === body.length) {
      flowing = socket.write(head + body, 'latin1') // plain ASCII: one write, nothing to encode
    } else if (!text && bytes <= joinedBytesMax) {
      const whole = host.held.take(head.length + bytes)
      whole.write(head, 'latin1')
      whole.set(body, head.length)
      response.done?.()
      flowing = socket.write(whole)
    } else {
      socket.write(head, 'latin1')
      flowing = text ? socket.write(body, 'utf8') : socket.write(body)
    }
    if (last) {
      this.pending = undefined
      socket.resume() // what still comes is dropped: closing with unread bytes would reset the connection
      socket.end()
    } else if (!flowing) this.awaitDrain()
    else if (socket.isPaused()) socket.resume()
  }

  /** A client that does not read its answers is not asked for more requests. */
  private awaitDrain(): void {
    this.phase = 'answering'
    this.socket.once('drain', () => {
      this.phase = 'idle'
      this.age = 0
      if (this.socket.isPaused()) this.socket.resume()
      this.parse()
      if (this.ended && this.phase === 'idle') this.socket.end()
    })
  }
}

/** Collects a body whose length is known. */
function countedReader(length: number): (bytes: Buffer) => ChunkedOutcome {
  const parts: Buffer[] = []
  let size = 0
  return (bytes) => {
    const left = length - size
    parts.push(bytes.length > left ? bytes.subarray(0, left) : bytes)
    size += Math.min(left, bytes.length)
    if (size < length) return { kind: 'more' }
    const body = parts.length === 1 ? (parts[0] ?? empty) : Buffer.concat(parts, size)
    return { kind: 'done', body, rest: bytes.subarray(Math.min(left, bytes.length)) }
  }
}
