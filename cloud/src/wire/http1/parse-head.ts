import { headerNamesMax } from '../limits.ts'

/** The head of a request, read. */
export type Head = {
  readonly method: string
  readonly target: string
  readonly headers: Record<string, string>
  /** The connection may carry another request afterwards. */
  readonly keepAlive: boolean
  /** HTTP/1.0 must be told that its connection is kept. */
  readonly oldVersion: boolean
  /** Bytes of the body, or that it comes in chunks. */
  readonly length: number | 'chunked'
}

/** A status that refuses a request whose framing cannot be trusted. */
export type HeadProblem = 400 | 417 | 501 | 505

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
// Control characters other than a tab, and delete (RFC 9110, "Field Values").
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000A-\u001F\u007F]/
const targetPattern = /^[\u0021-\u007E\u0080-\u00FF]+$/

/** Header names in lower case by their spelling; the same few come again and again. */
const names = new Map<string, string>()

/** The lower-case name, or undefined when it is no token. */
function headerName(spelled: string): string | undefined {
  const known = names.get(spelled)
  if (known !== undefined) return known
  if (!token.test(spelled)) return undefined
  const name = spelled.toLowerCase()
  if (names.size >= headerNamesMax) names.clear()
  names.set(spelled, name)
  return name
}

/**
 * Reads the head of an HTTP/1.1 request (RFC 9112), without its final empty line, from text in Latin-1. Strict:
 * what two readers could take in two ways (folded lines, two lengths, a length and chunks, bare line feeds) is
 * refused rather than guessed at.
 */
export function parseHead(text: string): Head | HeadProblem {
  let end = text.indexOf('\r\n')
  if (end === -1) end = text.length
  const firstBlank = text.indexOf(' ')
  const lastBlank = text.lastIndexOf(' ', end - 1)
  if (firstBlank <= 0 || lastBlank <= firstBlank || lastBlank >= end) return 400
  const method = text.slice(0, firstBlank)
  const version = text.slice(lastBlank + 1, end)
  if (version !== 'HTTP/1.1' && version !== 'HTTP/1.0')
    return version.startsWith('HTTP/') ? 505 : 400
  const target = targetOf(text.slice(firstBlank + 1, lastBlank), method)
  if (headerName(method) === undefined || target === undefined) return 400
  const headers = parseFields(text, end + 2)
  if (headers === undefined) return 400
  return framed(method, target, headers, version === 'HTTP/1.0')
}

/** The path and query; of an absolute address (as proxies get it) only these, since `Host` names the host. */
function targetOf(sent: string, method: string): string | undefined {
  if (!targetPattern.test(sent)) return undefined
  if (sent.charCodeAt(0) === 47) return sent
  if (sent === '*' && method === 'OPTIONS') return sent
  const absolute = /^https?:\/\/[^/?#]+(.*)$/i.exec(sent)
  if (absolute === null) return undefined
  const rest = absolute[1] ?? ''
  return rest.startsWith('/') ? rest : `/${rest}`
}

function parseFields(text: string, start: number): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  let at = start
  while (at < text.length) {
    let end = text.indexOf('\r\n', at)
    if (end === -1) end = text.length
    const colon = text.indexOf(':', at)
    if (colon === -1 || colon >= end) return undefined
    const name = headerName(text.slice(at, colon))
    if (name === undefined) return undefined
    const value = text.slice(colon + 1, end).trim()
    if (controls.test(value)) return undefined
    const before = Object.hasOwn(headers, name) ? headers[name] : undefined
    if (before === undefined) {
      if (name !== '__proto__') headers[name] = value
    } else if (name === 'host' || (name === 'content-length' && before !== value)) {
      return undefined
    } else if (name !== 'content-length') {
      headers[name] = name === 'cookie' ? `${before}; ${value}` : `${before}, ${value}`
    }
    at = end + 2
  }
  return headers
}

function framed(
  method: string,
  target: string,
  headers: Record<string, string>,
  oldVersion: boolean,
): Head | HeadProblem {
  if (headers['host'] === undefined && !oldVersion) return 400
  const expectation = headers['expect']
  if (expectation !== undefined && expectation.toLowerCase() !== '100-continue') return 417
  let length: number | 'chunked' = 0
  const sent = headers['content-length']
  if (sent !== undefined) {
    if (!/^\d{1,15}$/.test(sent)) return 400
    length = Number(sent)
  }
  const coding = headers['transfer-encoding']
  if (coding !== undefined) {
    if (sent !== undefined || oldVersion) return 400
    if (coding.toLowerCase() !== 'chunked') return 501
    length = 'chunked'
  }
  const connection = headers['connection']
  let keepAlive = !oldVersion
  if (connection !== undefined) {
    const options = connection.toLowerCase()
    if (options.includes('close')) keepAlive = false
    else if (options.includes('keep-alive')) keepAlive = true
  }
  return { method, target, headers, keepAlive, oldVersion, length }
}
