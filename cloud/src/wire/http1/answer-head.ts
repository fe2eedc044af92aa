import type { HttpResponse } from '../../kernel/index.ts'
import { headerNamesMax } from '../limits.ts'
import { statusText } from './status-text.ts'

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const invalidValue = /[^\t\u0020-\u007E\u0080-\u00FF]/

/** Headers that belong to the connection: the server's own business, whatever a handler says. */
const own = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** By spelling: whether a handler's header is sent. */
const sent = new Map<string, boolean>()

function isSent(name: string): boolean {
  const known = sent.get(name)
  if (known !== undefined) return known
  if (!token.test(name)) throw new TypeError(`${JSON.stringify(name)} is no name of a header`)
  const verdict = !own.has(name.toLowerCase())
  if (sent.size >= headerNamesMax) sent.clear()
  sent.set(name, verdict)
  return verdict
}

function line(name: string, value: string): string {
  if (invalidValue.test(value)) throw new TypeError(`The value of header ${name} is not valid`)
  return `${name}: ${value}\r\n`
}

const statusLines = new Map<number, string>()

function statusLine(status: number): string {
  let text = statusLines.get(status)
  if (text === undefined) {
    if (!Number.isInteger(status) || status < 200 || status > 999) {
      throw new RangeError(`${status} is no status that an answer can have`)
    }
    text = `HTTP/1.1 ${status} ${statusText[status] ?? 'Unknown'}\r\n`
    statusLines.set(status, text)
  }
  return text
}

/**
 * The head of an answer as text, its final empty line included.
 *
 * @param date the value of `Date`
 * @param connection the value of `Connection`, or undefined to leave it out
 * @throws TypeError or RangeError for what HTTP cannot carry, such as a line break in a value
 */
export function answerHead(
  answer: HttpResponse,
  bytes: number,
  date: string,
  connection: 'close' | 'keep-alive' | undefined,
): string {
  let head = statusLine(answer.status)
  for (const name in answer.headers) {
    const value = answer.headers[name]
    if (value === undefined || !isSent(name)) continue
    if (typeof value === 'string') head += line(name, value)
    else for (const each of value) head += line(name, each)
  }
  if (answer.status !== 204 && answer.status !== 304) head += `content-length: ${bytes}\r\n`
  if (connection !== undefined) head += `connection: ${connection}\r\n`
  return `${head}date: ${date}\r\n\r\n`
}
