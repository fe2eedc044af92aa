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
const targetPattern = /^[\u0021-\u007E\u0080-\u00FF]+$/
const [TAB, LF, CR, BLANK, DELETE] = [9, 10, 13, 32, 127]

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
 * Reads the head of an HTTP/1.1 request (RFC 9112), without its final empty line: what lies in `bytes` from `start` to
 * `finish`. Strict: what two readers could take in two ways (folded lines, two lengths, a length and chunks, bare line
 * feeds) is refused rather than guessed at.
 */
export function parseHead(bytes: Buffer, start: number, finish: number): Head | HeadProblem {
  const text = bytes.toString('latin1', start, finish)
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
  const headers = parseFields(bytes, start, finish, text, end + 2)
  if (headers === undefined) return 400
  return framed(method, target, headers, version === 'HTTP/1.0')
}

/** The path and query; of an absolute address (as proxies get it) only these, since `Host` names the host. */
function targetOf(sent: string, method: string): string | undefined {
  if (sent === '/') return sent
  if (!targetPattern.test(sent)) return undefined
  if (sent.charCodeAt(0) === 47) return sent
  if (sent === '*' && method === 'OPTIONS') return sent
  const absolute = /^https?:\/\/[^/?#]+(.*)$/i.exec(sent)
  if (absolute === null) return undefined
  const rest = absolute[1] ?? ''
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** A field's name as it was spelled, with its colon, and in lower case. */
type FieldName = { readonly spelled: Buffer; readonly name: string }

/** A client sends the same fields in the same order again and again: the last name in each place. */
const lastNames: FieldName[] = []

/**
 * @param text the head, which lies in `bytes` from `start` to `finish`
 * @param from where in the text the first field begins
 */
function parseFields(
  bytes: Buffer,
  start: number,
  finish: number,
  text: string,
  from: number,
): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  let at = start + from
  for (let place = 0; at < finish; place++) {
    let field = lastNames[place]
    if (field === undefined || !lies(field.spelled, bytes, at)) {
      field = nameAt(text, at - start)
      if (field === undefined) return undefined
      if (place < placesMax) lastNames[place] = field
    }
    const { spelled, name } = field
    let first = at + spelled.length
    while (isBlank(bytes[first])) first++
    const end = endOfValue(bytes, first, finish)
    if (end === undefined) return undefined
    let last = end
    while (last > first && isBlank(bytes[last - 1])) last--
    const value = text.slice(first - start, last - start)
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

function lies(spelled: Buffer, bytes: Buffer, at: number): boolean {
  for (let n = 0; n < spelled.length; n++) if (bytes[at + n] !== spelled[n]) return false
  return true
}

/** The name of the field that begins there; undefined when there is none. */
function nameAt(text: string, at: number): FieldName | undefined {
  const colon = text.indexOf(':', at)
  const name = colon === -1 ? undefined : headerName(text.slice(at, colon))
  if (name === undefined) return undefined
  return { spelled: Buffer.from(text.slice(at, colon + 1), 'latin1'), name }
}

/**
 * The end of a value's line; undefined when there is a control character before it, other than a tab, or a line end in
 * pieces (RFC 9110, "Field Values").
 */
function endOfValue(bytes: Buffer, from: number, finish: number): number | undefined {
  for (let at = from; at < finish; at++) {
    const code = bytes[at] ?? 0
    if ((code >= BLANK && code !== DELETE) || code === TAB) continue
    return code === CR && at + 1 < finish && bytes[at + 1] === LF ? at : undefined
  }
  return finish
}

const isBlank = (code: number | undefined): boolean => code === BLANK || code === TAB

/** How many places of fields are remembered. */
const placesMax = 32

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
