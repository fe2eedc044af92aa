import { IncomingMessage, type OutgoingHttpHeader, type RequestOptions } from 'node:http'
import type { Socket } from 'node:net'
import { Writable } from 'node:stream'
import type { Answer, Calls } from './calls.ts'
import { LocalSocket } from './socket.ts'

/** A response as node:http's clients know it, its body already here. */
class LocalResponse extends IncomingMessage {
  override _read(): void {}
  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.readableEnded) this.emit('aborted')
    callback(error)
  }
}

/**
 * What `http.request` returns for the cloud's own endpoint: behaves as a ClientRequest towards its caller, and
 * carries the request by message instead of a socket.
 */
export class LocalRequest extends Writable {
  readonly method: string
  readonly path: string
  readonly host: string
  readonly protocol = 'http:'
  readonly reusedSocket = true
  aborted = false
  res: IncomingMessage | undefined
  readonly #calls: Calls
  readonly #headers = new Map<string, OutgoingHttpHeader>()
  readonly #chunks: (string | Buffer)[] = []
  #socket: LocalSocket | undefined
  #drop: (() => void) | undefined
  #sent = false

  constructor(calls: Calls, options: RequestOptions, onResponse?: (res: IncomingMessage) => void) {
    super({ decodeStrings: false, autoDestroy: false })
    this.#calls = calls
    this.method = (options.method ?? 'GET').toUpperCase()
    this.path = options.path ?? '/'
    this.host = options.hostname ?? options.host ?? 'localhost'
    this.#takeHeaders(options)
    if (onResponse !== undefined) this.once('response', onResponse)
    if (options.timeout !== undefined) this.setTimeout(options.timeout)
    if (options.signal !== undefined) this.#obey(options.signal)
    process.nextTick(() => this.#announce())
  }

  get socket(): LocalSocket {
    this.#socket ??= new LocalSocket()
    return this.#socket
  }
  get connection(): LocalSocket {
    return this.socket
  }
  get headersSent(): boolean {
    return this.#sent
  }
  get finished(): boolean {
    return this.writableEnded
  }

  setHeader(name: string, value: OutgoingHttpHeader): this {
    this.#headers.set(name.toLowerCase(), value)
    return this
  }
  getHeader(name: string): OutgoingHttpHeader | undefined {
    return this.#headers.get(name.toLowerCase())
  }
  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase())
  }
  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase())
  }
  getHeaderNames(): string[] {
    return [...this.#headers.keys()]
  }
  getHeaders(): Record<string, OutgoingHttpHeader> {
    return Object.fromEntries(this.#headers)
  }
  flushHeaders(): void {}
  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
  setTimeout(ms: number, listener?: () => void): this {
    if (listener !== undefined) this.once('timeout', listener)
    this.socket.setTimeout(ms, () => this.emit('timeout'))
    return this
  }
  abort(): void {
    if (this.aborted) return
    this.aborted = true
    process.nextTick(() => this.emit('abort'))
    this.destroy()
  }

  override _write(chunk: string | Buffer, encoding: BufferEncoding, done: () => void): void {
    const isText = typeof chunk !== 'string' || encoding === 'utf8' || encoding === 'utf-8'
    this.#chunks.push(isText ? chunk : Buffer.from(chunk, encoding))
    done()
  }

  override _final(done: () => void): void {
    const first = this.#chunks[0] ?? ''
    const body =
      this.#chunks.length <= 1
        ? first
        : Buffer.concat(this.#chunks.map((each) => Buffer.from(each)))
    this.#sent = true
    if (!this.destroyed) {
      const fields = this.#fields(body)
      this.#drop = this.#calls.call(this.method, this.path, fields, body, (answer) =>
        this.#receive(answer),
      )
    }
    done()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#drop?.()
    this.#socket?.destroy()
    if (this.res !== undefined) {
      if (!this.res.readableEnded) this.res.destroy(error ?? undefined)
      return callback(error)
    }
    callback(error ?? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
  }

  #takeHeaders(options: RequestOptions): void {
    const { headers } = options
    if (Array.isArray(headers)) {
      for (let at = 0; at + 1 < headers.length; at += 2) {
        this.setHeader(String(headers[at]), String(headers[at + 1]))
      }
    } else if (headers !== undefined) {
      for (const name of Object.keys(headers)) {
        const value = (headers as Record<string, OutgoingHttpHeader | undefined>)[name]
        if (value !== undefined) this.setHeader(name, value)
      }
    }
    if (!this.#headers.has('host')) {
      const { port } = options
      this.setHeader('host', port === undefined ? this.host : `${this.host}:${port}`)
    }
    if (typeof options.auth === 'string' && !this.#headers.has('authorization')) {
      this.setHeader('authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`)
    }
  }

  #fields(body: string | Buffer): string[] {
    const fields: string[] = []
    for (const [name, value] of this.#headers) {
      if (name === 'transfer-encoding' || name === 'expect') continue
      fields.push(name, Array.isArray(value) ? value.join(', ') : String(value))
    }
    if (!this.#headers.has('content-length') && body.length > 0) {
      fields.push('content-length', String(Buffer.byteLength(body)))
    }
    return fields
  }

  #obey(signal: AbortSignal): void {
    const abort = (): void =>
      void this.destroy(
        Object.assign(new Error('The operation was aborted', { cause: signal.reason }), {
          name: 'AbortError',
          code: 'ABORT_ERR',
        }),
      )
    if (signal.aborted) return process.nextTick(abort)
    signal.addEventListener('abort', abort, { once: true })
    this.once('close', () => signal.removeEventListener('abort', abort))
  }

  #announce(): void {
    if (this.destroyed) return
    if (this.listenerCount('socket') > 0) this.emit('socket', this.socket)
    if (this.hasHeader('expect')) this.emit('continue')
  }

  #receive(answer: Answer): void {
    this.#drop = undefined
    if (this.destroyed) return
    const response = new LocalResponse(this.socket as unknown as Socket) // only its event methods are used
    response.statusCode = answer.status
    response.statusMessage = ''
    response.httpVersion = '1.1'
    response.httpVersionMajor = 1
    response.httpVersionMinor = 1
    response.rawHeaders = answer.rawHeaders
    response.headers = headersOf(answer.rawHeaders)
    response.complete = true
    this.res = response
    response.once('close', () => this.destroy())
    if (answer.body.length > 0 && this.method !== 'HEAD') response.push(answer.body)
    response.push(null)
    // As node:http does: a response that nobody wants is read to its end.
    if (!this.emit('response', response)) response.resume()
  }
}

function headersOf(raw: readonly string[]): IncomingMessage['headers'] {
  const headers: Record<string, string | string[]> = {}
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    const value = raw[at + 1] ?? ''
    const before = headers[name]
    if (name === 'set-cookie') headers[name] = Array.isArray(before) ? [...before, value] : [value]
    else headers[name] = before === undefined ? value : `${String(before)}, ${value}`
  }
  return headers
}
