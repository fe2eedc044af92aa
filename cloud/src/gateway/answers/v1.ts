import type { HttpResponse } from '../../kernel/index.ts'
import { isBinary } from '../events/body.ts'
import {
  addHeaders,
  addMultiValueHeaders,
  bodyOf,
  isObject,
  parsePayload,
  responseOf,
  statusOf,
  type AnswerHeaders,
} from './function-answer.ts'

/** Headers of a function's answer that REST APIs send under another name. */
const remapped = [
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'server',
  'transfer-encoding',
  'user-agent',
  'www-authenticate',
]

/**
 * What a REST API makes of a proxy function's answer (API Gateway, "Output format of a Lambda function for proxy
 * integration"); undefined when it is malformed.
 */
export function restAnswer(
  payload: string,
  accept: string | undefined,
  binaryMediaTypes: readonly string[],
): HttpResponse | undefined {
  const read = readV1(payload, (headers) => {
    const type = headers.get('content-type')
    return (
      isBinary(accept, binaryMediaTypes) ||
      isBinary(typeof type === 'string' ? type : undefined, binaryMediaTypes)
    )
  })
  if (read === undefined) return undefined
  const { headers } = read
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  for (const name of remapped) {
    const value = headers.get(name)
    if (value === undefined) continue
    headers.delete(name)
    headers.set(`x-amzn-remapped-${name}`, value)
  }
  return responseOf(read.status, headers, read.body)
}

/** What an HTTP API makes of an answer in payload format 1.0; undefined when it is malformed. */
export function httpAnswerV1(payload: string): HttpResponse | undefined {
  const read = readV1(payload, () => true)
  if (read === undefined) return undefined
  if (!read.headers.has('content-type'))
    read.headers.set('content-type', 'text/plain; charset=utf-8')
  return responseOf(read.status, read.headers, read.body)
}

type Read = { status: number; headers: AnswerHeaders; body: string | Buffer }

function readV1(payload: string, decodes: (headers: AnswerHeaders) => boolean): Read | undefined {
  const answer = parsePayload(payload)?.value
  if (!isObject(answer)) return undefined
  const status = statusOf(answer['statusCode'])
  const headers: AnswerHeaders = new Map()
  if (
    status === undefined ||
    !addHeaders(headers, answer['headers']) ||
    !addMultiValueHeaders(headers, answer['multiValueHeaders'])
  ) {
    return undefined
  }
  const body = bodyOf(answer, answer['isBase64Encoded'] === true && decodes(headers))
  return body === undefined ? undefined : { status, headers, body }
}
