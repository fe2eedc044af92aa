import type { HttpAnswer } from './answer.ts'
import { Connection, type Origin } from './connection.ts'

export type HttpCall = {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown
}

/** How often connections are asked whether their request is overdue. */
const SWEEP_MS = 100

/** A server: its connections that are free, and who waits for one. */
type Server = {
  readonly origin: Origin
  readonly host: string
  readonly base: string
  readonly free: Connection[]
  readonly line: (() => void)[]
  opened: number
}

/**
 * An HTTP/1.1 client for many connections. A server has as many as it has requests under way, never more than
 * `connectionsMax`: who finds none free waits in line. The last used is used first.
 */
export class HttpClient {
  readonly #timeoutMs: number
  readonly #connectionsMax: number
  readonly #servers = new Map<string, Server>()
  readonly #all = new Set<Connection>()
  readonly #sweep: NodeJS.Timeout

  constructor(o: { timeoutMs: number; connectionsMax: number }) {
    this.#timeoutMs = o.timeoutMs
    this.#connectionsMax = o.connectionsMax
    this.#sweep = setInterval(() => {
      const now = performance.now()
      for (const connection of this.#all) connection.giveUpAt(now)
    }, SWEEP_MS).unref()
  }

  /** @throws TransportError when no answer comes, TypeError for what is no http URL */
  async send(call: HttpCall): Promise<HttpAnswer> {
    const server = this.#server(call.url)
    const text = requestText(call, server.host, call.url.slice(server.base.length))
    const connection = await this.#borrow(server)
    try {
      return await connection.send(
        text,
        call.method === 'HEAD',
        performance.now() + this.#timeoutMs,
      )
    } finally {
      server.free.push(connection)
      server.line.shift()?.()
    }
  }

  /** Ends all connections; requests under way fail with the kind given. */
  close(kind?: string): void {
    clearInterval(this.#sweep)
    for (const connection of this.#all) connection.close(kind)
  }

  async #borrow(server: Server): Promise<Connection> {
    for (;;) {
      const free = server.free.pop()
      if (free !== undefined) return free
      if (server.opened < this.#connectionsMax) {
        const connection = new Connection(server.origin)
        server.opened++
        this.#all.add(connection)
        return connection
      }
      await new Promise<void>((resolve) => server.line.push(resolve))
    }
  }

  #server(url: string): Server {
    const pathAt = url.indexOf('/', 8)
    const base = pathAt < 0 ? url : url.slice(0, pathAt)
    const known = this.#servers.get(base)
    if (known !== undefined) return known
    const { protocol, hostname, port, host } = new URL(base)
    if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError(`No http URL: ${url}`)
    const secure = protocol === 'https:'
    const origin = {
      secure,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (secure ? 443 : 80) : Number(port),
    }
    const server = { origin, host, base, free: [], line: [], opened: 0 }
    this.#servers.set(base, server)
    return server
  }
}

function requestText(call: HttpCall, host: string, path: string): string {
  const { method, headers, body } = call
  let head = `${method} ${path === '' ? '/' : path} HTTP/1.1\r\nhost: ${host}\r\n`
  let hasType = false
  for (const name in headers) {
    head += `${name}: ${headers[name]}\r\n`
    hasType ||= name.toLowerCase() === 'content-type'
  }
  if (body === undefined) {
    return method === 'GET' || method === 'HEAD'
      ? `${head}\r\n`
      : `${head}content-length: 0\r\n\r\n`
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (!hasType) head += 'content-type: application/json\r\n'
  return `${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
}
