import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { urlToHttpOptions } from 'node:url'
import type { Answer, Calls } from './calls.ts'
import { LocalRequest } from './request.ts'

type ResponseListener = (response: http.IncomingMessage) => void
type RequestArguments = readonly [
  target: string | URL | http.RequestOptions,
  options?: http.RequestOptions | ResponseListener,
  listener?: ResponseListener,
]

/**
 * Lets `http.request`, `http.get` and `fetch` reach the cloud's own endpoint by message. Function code, and the
 * AWS SDK bundled with it, need not know; every other host is reached the normal way.
 *
 * @param hosts `host:port` names of the cloud's endpoint
 */
export function installTransport(calls: Calls, hosts: ReadonlySet<string>): void {
  const original = { request: http.request, get: http.get, fetch: globalThis.fetch }

  function local(given: RequestArguments): LocalRequest | undefined {
    const [target, second, third] = given
    const listener = typeof second === 'function' ? second : third
    const options = optionsOf(target, typeof second === 'function' ? undefined : second)
    if (options.socketPath !== undefined && options.socketPath !== null) return undefined
    if (options.createConnection !== undefined) return undefined
    const host = options.hostname ?? options.host ?? 'localhost'
    const port = options.port ?? options.defaultPort ?? 80
    if (!hosts.has(`${host}:${port}`)) return undefined
    return new LocalRequest(calls, options, listener)
  }
  // The overloads of node:http are wider than one signature can say: arguments are handed on as they came.
  const forward = (to: unknown, given: RequestArguments): unknown =>
    Reflect.apply(to as (...values: unknown[]) => unknown, http, given)

  Object.assign(http, {
    request: (...given: RequestArguments) => local(given) ?? forward(original.request, given),
    get(...given: RequestArguments) {
      const request = local(given)
      if (request === undefined) return forward(original.get, given)
      request.end()
      return request
    },
  })
  syncBuiltinESMExports()
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const port = url.port === '' ? '80' : url.port
    const isLocal = url.protocol === 'http:' && hosts.has(`${url.hostname}:${port}`)
    return isLocal ? fetchLocally(calls, new Request(input, init)) : original.fetch(input, init)
  }
}

function optionsOf(
  target: string | URL | http.RequestOptions,
  options: http.RequestOptions | undefined,
): http.RequestOptions {
  if (typeof target === 'string') return { ...urlToHttpOptions(new URL(target)), ...options }
  if (target instanceof URL) return { ...urlToHttpOptions(target), ...options }
  return target
}

async function fetchLocally(calls: Calls, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const body = new Uint8Array(await request.arrayBuffer())
  const headers = ['host', url.host]
  for (const [name, value] of request.headers) headers.push(name, value)
  if (body.length > 0) headers.push('content-length', String(body.length))
  const { signal } = request
  const answer = await new Promise<Answer>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const drop = calls.call(request.method, url.pathname + url.search, headers, body, resolve)
    signal.addEventListener('abort', () => {
      drop()
      reject(signal.reason as Error)
    })
  })
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
    pairs.push([answer.rawHeaders[at] ?? '', answer.rawHeaders[at + 1] ?? ''])
  }
  const bodyless = answer.status === 204 || answer.status === 304
  return new Response(bodyless ? null : new Uint8Array(answer.body), {
    status: answer.status,
    headers: pairs,
  })
}
