import type { HttpRequest, HttpResponse } from '../kernel/index.ts'

/** As DynamoDB answers requests that carry an `Origin`; the guard has let only allowed ones pass. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,Date',
} as const

/** A browser's question before a request: `OPTIONS` with `Origin` and the method it wants to use. */
export const isPreflight = ({ method, headers }: HttpRequest): boolean =>
  method === 'OPTIONS' && headers['origin'] !== undefined

/** The answer to a preflight, in DynamoDB's form: what was asked for is granted, for two days. */
export function preflightAnswer(request: HttpRequest): HttpResponse {
  const methods = request.headers['access-control-request-method']
  const names = request.headers['access-control-request-headers']
  return {
    status: 200,
    headers: {
      ...corsHeaders,
      'access-control-max-age': '172800',
      ...(methods === undefined ? {} : { 'access-control-allow-methods': methods }),
      ...(names === undefined ? {} : { 'access-control-allow-headers': names }),
    },
    body: '',
  }
}
