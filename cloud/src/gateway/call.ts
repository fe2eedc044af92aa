import type { HttpRequest, HttpResponse } from '../kernel/index.ts'

/** A request on its way through one API. */
export type ApiCall = {
  readonly request: HttpRequest
  /** The path inside the stage, as sent, for example `/users/a%20b`. */
  readonly path: string
  /** The query string as sent, without the question mark. */
  readonly query: string
  /** The path as the client sees it: with the stage at an execute-api address, with the base path at the front door. */
  readonly publicPath: string
  readonly address: 'execute-api' | 'front door'
  readonly nowMs: number
}

/** An API that has been put, ready to answer. */
export type Api = {
  readonly apiId: string
  readonly name: string
  readonly kind: 'REST' | 'HTTP'
  readonly stage: string
  readonly basePath: string | undefined
  readonly handle: (call: ApiCall) => HttpResponse | Promise<HttpResponse>
}

/** Splits a request target; the query is without its question mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?')
  if (mark === -1) return { path: target, query: '' }
  return { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** Percent-decoding that leaves what cannot be decoded as it is. */
export function decodeText(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The host name without a port, as `domainName` shows it. */
export function domainOf(request: HttpRequest): string {
  const host = request.headers['host'] ?? 'localhost'
  const colon = host.lastIndexOf(':')
  return colon > 0 && !host.endsWith(']') ? host.slice(0, colon) : host
}
