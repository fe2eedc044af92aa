import type { HttpResponse } from '../../kernel/index.ts'

type Json = Readonly<Record<string, unknown>>
export type AnswerHeaders = Map<string, string | string[]>

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const invalidValue = /[^\t\u0020-\u007E\u0080-\u00FF]/

/** Parses a function's payload; undefined for what is no JSON. */
export function parsePayload(payload: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(payload) }
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A status that HTTP can carry: an integer, or its digits as text. */
export function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : undefined
}

/** Adds `headers` of an answer; false when they are malformed. Names come out in lower case. */
export function addHeaders(into: AnswerHeaders, headers: unknown): boolean {
  if (headers === undefined || headers === null) return true
  if (!isObject(headers)) return false
  for (const name of Object.keys(headers)) {
    const text = headerText(headers[name])
    if (text === undefined) continue
    if (!token.test(name) || invalidValue.test(text)) return false
    into.set(name.toLowerCase(), text)
  }
  return true
}

/** Adds `multiValueHeaders`, which win over `headers` of the same name. */
export function addMultiValueHeaders(into: AnswerHeaders, headers: unknown): boolean {
  if (headers === undefined || headers === null) return true
  if (!isObject(headers)) return false
  for (const name of Object.keys(headers)) {
    const values = headers[name]
    if (!Array.isArray(values)) return false
    const texts = values.map(headerText).filter((text) => text !== undefined)
    if (!token.test(name) || texts.some((text) => invalidValue.test(text))) return false
    if (texts.length > 0) into.set(name.toLowerCase(), texts)
  }
  return true
}

function headerText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** The body of an answer: text, or the bytes behind base64; undefined when it is neither. */
export function bodyOf(answer: Json, decode: boolean): string | Buffer | undefined {
  const { body } = answer
  if (body === undefined || body === null) return ''
  if (typeof body !== 'string') return undefined
  return decode && answer['isBase64Encoded'] === true ? Buffer.from(body, 'base64') : body
}

export const responseOf = (
  status: number,
  headers: AnswerHeaders,
  body: string | Buffer,
): HttpResponse => ({ status, headers: Object.fromEntries(headers), body })
