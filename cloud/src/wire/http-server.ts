import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Environment, HttpHandler, HttpRequest, HttpResponse } from '../kernel/index.ts'
import type { Guard } from './guard.ts'
import { readInPlace } from './http1/accepted-socket.ts'
import { Connection, type ConnectionHost } from './http1/connection.ts'
import { HeldSockets } from './http1/held-sockets.ts'
import { inflateBody } from './inflate-body.ts'
import {
  drainMs,
  headersTimeoutMs,
  keepAliveTimeoutMs,
  lingerMs,
  requestTimeoutMs,
  sweepMs,
} from './limits.ts'

type ServeHttpOptions = {
  readonly environment: Environment
  readonly handler: HttpHandler
  /** 0 takes a free port. */
  readonly port: number
  readonly host: string
  /** Of the body as sent and as inflated. */
  readonly bodyBytesMax: number
  /** Asked before a body is read. */
  readonly guard?: Guard
  /** Undo `Content-Encoding` of requests, as DynamoDB does; API Gateway hands bodies on as they are. */
  readonly inflate?: boolean
  /** The answer to a body that was not taken: 413 too large, 415 unknown encoding, 400 damaged. */
  readonly refuse?: (request: HttpRequest, status: 413 | 415 | 400) => HttpResponse
  /** The option by which a person chooses another port, for the message about a busy one. */
  readonly portOption?: string
}

export type HttpServer = {
  readonly port: number
  /** Takes no more requests, lets those under way finish for a moment, then closes every connection. */
  readonly close: () => Promise<void>
}

/**
 * Serves a handler over HTTP/1.1 on a port: keep-alive, pipelining, chunked bodies, `Expect: 100-continue`. An
 * answer that the handler gives in the same tick is written in that tick. Nothing that a client sends and no
 * failure of the handler ends the process: malformed HTTP is answered with 400, a rejection with a neutral 500
 * and a report. Slow clients are cut off by one sweep over the connections, not by a timer a request.
 *
 * @throws Error naming the port when it cannot be listened on, and how to choose another
 */
export async function serveHttp(options: ServeHttpOptions): Promise<HttpServer> {
  const connections = new Set<Connection>()
  const state = { closing: false }
  const host = connectionHost(options, state)
  const server = createServer({ noDelay: true, pauseOnConnect: true }, (accepted) => {
    const socket = readInPlace(accepted, (chunk) => connection.take(chunk))
    const connection = new Connection(socket, host)
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
  })
  await listening(server, options)
  const stopSweeping = sweep(connections, options.environment)
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address is never a text
    close() {
      state.closing = true
      stopSweeping()
      return closed(server, connections, options.environment)
    },
  }
}

function connectionHost(
  options: ServeHttpOptions,
  state: { readonly closing: boolean },
): ConnectionHost {
  const { environment, handler } = options
  const refused = (request: HttpRequest, status: 413 | 415 | 400): HttpResponse =>
    options.refuse?.(request, status) ?? plainRefusal(status)
  const failed = (request: HttpRequest, cause: unknown): HttpResponse => {
    const message = `${request.method} ${request.target} failed`
    environment.report({ level: 'error', part: 'wire', message, cause })
    return neutralFailure
  }
  function respond(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    try {
      const answer = handler(request)
      return answer instanceof Promise
        ? answer.catch((cause: unknown) => failed(request, cause))
        : answer
    } catch (cause) {
      return failed(request, cause)
    }
  }
  async function inflated(request: HttpRequest, encoding: string): Promise<HttpResponse> {
    const body = await inflateBody(request.body, encoding, options.bodyBytesMax)
    return typeof body === 'number' ? refused(request, body) : respond({ ...request, body })
  }
  return {
    bodyBytesMax: options.bodyBytesMax,
    closing: () => state.closing,
    date: httpDates(environment),
    guard: options.guard,
    tooLarge: (request) => refused(request, 413),
    held: new HeldSockets(),
    unsendable: failed,
    respond(request) {
      const encoding = request.headers['content-encoding']
      return encoding === undefined || options.inflate !== true || request.body.length === 0
        ? respond(request)
        : inflated(request, encoding)
    },
  }
}

/** What a client is told when a handler failed: nothing about why. */
const neutralFailure: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"__type":"InternalFailure","message":"The request processing has failed because of an unknown error."}',
}

const refusals = {
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  400: 'Bad Request',
} as const

const plainRefusal = (status: 413 | 415 | 400): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: refusals[status] }),
})

/** The `Date` header, written once a second. */
function httpDates({ clock }: Environment): () => string {
  let second = -1
  let text = ''
  return () => {
    const nowMs = clock.now()
    const now = Math.floor(nowMs / 1000)
    if (now !== second) {
      second = now
      text = new Date(nowMs).toUTCString()
    }
    return text
  }
}

/** Looks at every connection once a second; the returned function stops that. */
function sweep(connections: ReadonlySet<Connection>, { clock }: Environment): () => void {
  let cancel = clock.after(sweepMs, again)
  function again(): void {
    for (const connection of connections) sweepOne(connection)
    cancel = clock.after(sweepMs, again)
  }
  return () => cancel()
}

function sweepOne(connection: Connection): void {
  connection.age += 1
  const ageMs = connection.age * sweepMs
  switch (connection.phase) {
    case 'answering':
      return
    case 'closing':
      if (ageMs > lingerMs) connection.destroy()
      return
    case 'body':
      if (ageMs > requestTimeoutMs) connection.refuse(408)
      return
    case 'idle':
      if (!connection.unfinished && ageMs > keepAliveTimeoutMs) connection.destroy()
      if (connection.unfinished && ageMs > headersTimeoutMs) connection.refuse(408)
  }
}

function listening(server: Server, options: ServeHttpOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, options))
    server.once('error', failed)
    server.listen(options.port, options.host, () => {
      server.off('error', failed)
      server.on('error', (cause) =>
        options.environment.report({
          level: 'error',
          part: 'wire',
          message: 'Server error',
          cause,
        }),
      )
      resolve()
    })
  })
}

function listenError(error: NodeJS.ErrnoException, options: ServeHttpOptions): Error {
  const { port, host, portOption = '--port' } = options
  const choose = `Choose another with ${portOption} (0 takes a free one).`
  const cause = { cause: error }
  if (error.code === 'EADDRINUSE') {
    return new Error(`Port ${port} on ${host} is in use by another program. ${choose}`, cause)
  }
  if (error.code === 'EACCES') {
    return new Error(`This user may not listen on port ${port} on ${host}. ${choose}`, cause)
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new Error(`This machine has no address ${host} to listen on.`, cause)
  }
  return new Error(`Cannot listen on port ${port} on ${host}: ${error.message}`, cause)
}

async function closed(
  server: Server,
  connections: ReadonlySet<Connection>,
  { clock }: Environment,
): Promise<void> {
  const cancel = clock.after(drainMs, () => {
    for (const connection of connections) connection.destroy()
  })
  const listened = new Promise<void>((resolve) => server.close(() => resolve()))
  const gone = Array.from(connections, (connection) => connection.gone())
  for (const connection of connections) {
    if (connection.phase === 'idle' || connection.phase === 'closing') connection.destroy()
  }
  await Promise.all([listened, ...gone])
  cancel()
}
