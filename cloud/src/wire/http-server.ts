import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Environment, HttpHandler, HttpRequest, HttpResponse } from '../kernel/index.ts'
import type { Guard } from './guard.ts'
import { neutralFailure, writeAnswer } from './http-answer.ts'
import {
  drainMs,
  headerBytesMax,
  headersTimeoutMs,
  keepAliveTimeoutMs,
  lingerMs,
  requestTimeoutMs,
} from './limits.ts'
import { BodyRefused, collectBody, hasNoBody, inflateBody } from './request-body.ts'

export type ServeHttpOptions = {
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
  /** The answer to a body that was not taken: 413, 415 or 400. */
  readonly refuse?: (request: HttpRequest, status: 413 | 415 | 400) => HttpResponse
  /** The option by which a person chooses another port, for the message about a busy one. */
  readonly portOption?: string
}

export type HttpServer = {
  readonly port: number
  /** Takes no more requests, lets those under way finish for a moment, then closes every connection. */
  readonly close: () => Promise<void>
}

const empty = Buffer.alloc(0)

/** A request whose body is still to come. */
type Writable = Omit<HttpRequest, 'body'> & { body: Buffer }

/**
 * Serves a handler on a port by node:http, adding as little to it as possible: an answer that the handler
 * gives in the same tick is written in that tick. Nothing that a client sends and no failure of the handler
 * ends the process: malformed HTTP is answered with 400, a rejection with a neutral 500 and a report.
 *
 * @throws Error naming the port when it cannot be listened on, and how to choose another
 */
export async function serveHttp(options: ServeHttpOptions): Promise<HttpServer> {
  const state = { closing: false }
  const server = createServer({
    maxHeaderSize: headerBytesMax,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    joinDuplicateHeaders: true,
  })
  const listener = requestListener(options, state)
  server.on('request', listener)
  // Without this listener node would ask for bodies that the guard or the limit refuses.
  server.on('checkContinue', listener)
  server.on('clientError', answerMalformed)
  await listening(server, options)
  return {
    port: (server.address() as AddressInfo).port, // a TCP server's address is never a text
    close: () => closeServer(server, options, state),
  }
}

function requestListener(
  options: ServeHttpOptions,
  state: { readonly closing: boolean },
): RequestListener {
  const { handler, guard, bodyBytesMax } = options
  return (incoming, response) => {
    const request: Writable = { ...headOf(incoming), body: empty }
    if (state.closing) response.shouldKeepAlive = false
    const refusal = guard?.(request)
    if (refusal !== undefined) {
      answerUnread(incoming, response, refusal, options)
      return
    }
    if (hasNoBody(incoming)) {
      answer(incoming, response, request, handler, options)
      return
    }
    if (incoming.headers.expect !== undefined && !tooLong(incoming, bodyBytesMax)) {
      response.writeContinue()
    }
    const take = (body: Buffer | BodyRefused): void => {
      if (body instanceof BodyRefused) refuseBody(incoming, response, request, body, options)
      else {
        request.body = body
        answer(incoming, response, request, handler, options)
      }
    }
    collectBody(incoming, bodyBytesMax, (body) => {
      const encoding = incoming.headers['content-encoding']
      if (options.inflate !== true || encoding === undefined || body instanceof BodyRefused) {
        take(body)
      } else void inflateBody(body, encoding, bodyBytesMax).then(take)
    })
  }
}

const tooLong = ({ headers }: IncomingMessage, bytesMax: number): boolean =>
  Number(headers['content-length'] ?? 0) > bytesMax

function headOf(incoming: IncomingMessage): Omit<HttpRequest, 'body'> {
  const headers = incoming.headers
  const cookies = headers['set-cookie']
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    // Of request headers node keeps only set-cookie as a list; all others are single texts.
    headers: (cookies === undefined
      ? headers
      : { ...headers, 'set-cookie': cookies.join(', ') }) as Record<string, string>,
    remoteAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
  }
}

function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  request: HttpRequest,
  handler: HttpHandler,
  options: ServeHttpOptions,
): void {
  let outcome: HttpResponse | Promise<HttpResponse>
  try {
    outcome = handler(request)
  } catch (cause) {
    fail(incoming, response, cause, options)
    return
  }
  if (!(outcome instanceof Promise)) {
    write(incoming, response, outcome, options)
    return
  }
  outcome.then(
    (answered) => write(incoming, response, answered, options),
    (cause: unknown) => fail(incoming, response, cause, options),
  )
}

function write(
  incoming: IncomingMessage,
  response: ServerResponse,
  answered: HttpResponse,
  options: ServeHttpOptions,
): void {
  try {
    writeAnswer(response, answered, incoming.method ?? 'GET')
  } catch (cause) {
    fail(incoming, response, cause, options)
  }
}

function fail(
  incoming: IncomingMessage,
  response: ServerResponse,
  cause: unknown,
  { environment }: ServeHttpOptions,
): void {
  const message = `Request ${incoming.method ?? ''} ${incoming.url ?? ''} failed`
  environment.report({ level: 'error', part: 'wire', message, cause })
  if (response.headersSent) response.destroy()
  else writeAnswer(response, neutralFailure, incoming.method ?? 'GET')
}

const plainRefusal = (status: 413 | 415 | 400): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    message:
      status === 413
        ? 'Request Entity Too Large'
        : status === 415
          ? 'Unsupported Content-Encoding'
          : 'Bad Request',
  }),
})

function refuseBody(
  incoming: IncomingMessage,
  response: ServerResponse,
  request: HttpRequest,
  { reason }: BodyRefused,
  options: ServeHttpOptions,
): void {
  if (reason === 'aborted') return
  const status = reason === 'too large' ? 413 : reason === 'encoding' ? 415 : 400
  const answered = options.refuse?.(request, status) ?? plainRefusal(status)
  answerUnread(incoming, response, answered, options)
}

/**
 * Answers without reading the body. A connection that is closed with unread bytes is reset, and the client may
 * lose the answer; so what still comes is dropped for a moment first.
 */
function answerUnread(
  incoming: IncomingMessage,
  response: ServerResponse,
  answered: HttpResponse,
  options: ServeHttpOptions,
): void {
  if (incoming.complete || hasNoBody(incoming)) {
    write(incoming, response, answered, options)
    return
  }
  response.shouldKeepAlive = false
  const bytes = Buffer.byteLength(answered.body)
  response.writeHead(answered.status, {
    ...answered.headers,
    'content-length': bytes,
    connection: 'close',
  } as Record<string, string | number>) // our own answers never repeat a header
  response.write(answered.body)
  const cancel = options.environment.clock.after(lingerMs, () => incoming.socket.destroy())
  const end = (): void => {
    cancel()
    response.end()
  }
  incoming.on('end', end)
  incoming.on('error', end)
  incoming.on('close', cancel)
  incoming.resume()
}

/** node:http's parser could not read the request: 400, 431 for too many headers, 408 for a slow client. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
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

function closeServer(
  server: Server,
  { environment }: ServeHttpOptions,
  state: { closing: boolean },
): Promise<void> {
  state.closing = true
  return new Promise((resolve) => {
    const cancel = environment.clock.after(drainMs, () => server.closeAllConnections())
    server.close(() => {
      cancel()
      resolve()
    })
    server.closeIdleConnections()
  })
}
