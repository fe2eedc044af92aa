import type { HttpResponse } from '../../kernel/index.ts'
import {
  addHeaders,
  bodyOf,
  isObject,
  parsePayload,
  responseOf,
  statusOf,
  type AnswerHeaders,
} from './function-answer.ts'

/**
 * What an HTTP API makes of an answer in payload format 2.0 (API Gateway, "Lambda function response for format
 * 2.0"): without a `statusCode` any JSON is a 200 of type application/json; with one, `cookies` become
 * `set-cookie` headers. Undefined when the answer is malformed.
 */
export function httpAnswerV2(payload: string): HttpResponse | undefined {
  const parsed = parsePayload(payload)
  if (parsed === undefined) return undefined
  const answer = parsed.value
  if (!isObject(answer) || answer['statusCode'] === undefined) return inferred(payload, answer)
  const status = statusOf(answer['statusCode'])
  const headers: AnswerHeaders = new Map()
  if (status === undefined || !addHeaders(headers, answer['headers'])) return undefined
  const { cookies } = answer
  if (Array.isArray(cookies)) {
    if (!addCookies(headers, cookies)) return undefined
  } else if (cookies !== undefined && cookies !== null) return undefined
  const body = bodyOf(answer, true)
  if (body === undefined) return undefined
  if (!headers.has('content-type')) headers.set('content-type', 'text/plain; charset=utf-8')
  return responseOf(status, headers, body)
}

/** A text is its own body; everything else is shown as JSON. */
const inferred = (payload: string, value: unknown): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : payload,
})

function addCookies(headers: AnswerHeaders, cookies: readonly unknown[]): boolean {
  const texts = cookies.filter((cookie) => typeof cookie === 'string')
  const valid = texts.every((text) => addHeaders(new Map(), { 'set-cookie': text }))
  if (texts.length > 0) headers.set('set-cookie', texts)
  return valid
}
