import type { ServerResponse } from 'node:http'
import type { HttpResponse } from '../kernel/index.ts'

/** Headers that belong to the connection, which is the server's own business. */
const hopByHop = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** A flat list as `writeHead` takes it: the cheapest form there is. */
function headList(response: HttpResponse, bytes: number): (string | string[])[] {
  const list: (string | string[])[] = []
  for (const name in response.headers) {
    const value = response.headers[name]
    if (value === undefined || hopByHop.has(name.toLowerCase())) continue
    list.push(name, typeof value === 'string' ? value : [...value])
  }
  if (response.status !== 204 && response.status !== 304) list.push('content-length', `${bytes}`)
  return list
}

/**
 * Writes an answer: one head, one end. Text that is plain ASCII goes out as Latin-1, which needs no encoding.
 *
 * @throws TypeError or RangeError for a status or header that HTTP cannot carry; nothing has been sent then
 */
export function writeAnswer(response: ServerResponse, answer: HttpResponse, method: string): void {
  const { body } = answer
  const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  response.writeHead(answer.status, headList(answer, bytes))
  if (method === 'HEAD' || bytes === 0) response.end()
  else if (typeof body === 'string') response.end(body, bytes === body.length ? 'latin1' : 'utf8')
  else response.end(body)
}

/** What a client is told when a handler failed: nothing about why. */
export const neutralFailure: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"__type":"InternalFailure","message":"The request processing has failed because of an unknown error."}',
}
