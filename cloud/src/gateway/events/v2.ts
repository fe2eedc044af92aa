import { decodeText, domainOf } from '../call.ts'
import { forwardedHeaders } from '../headers.ts'
import { requestTime } from '../time.ts'
import { objectOf, queryLists } from './query.ts'
import type { EventParts } from './v1.ts'

/**
 * The event of an HTTP API with payload format 2.0 (API Gateway, "Working with AWS Lambda proxy integrations
 * for HTTP APIs"), as JSON text. `rawPath` is decoded, shows the stage unless it is `$default`, and never a base
 * path; cookies stand in a list of their own; what a request does not have is left out.
 *
 * @param routeKey for example `GET /users/{userId}`
 */
export const httpEventV2 = (parts: EventParts, routeKey: string): string =>
  JSON.stringify({
    version: '2.0',
    ...httpRequestV2(parts, routeKey),
    body: parts.body.text ?? undefined,
    isBase64Encoded: parts.body.base64,
  })

/** The event of an HTTP API in format 2.0 but for the version and the body: what authorizers see, too. */
export function httpRequestV2(parts: EventParts, routeKey: string) {
  const { call, source } = parts
  const headers = forwardedHeaders(call.request, parts.traceId)
  const cookie = headers['cookie']
  if (cookie !== undefined) delete headers['cookie']
  const lists = queryLists(call.query)
  const domainName = domainOf(call.request)
  const path = decodeText(source.stage === '$default' ? call.path : `/${source.stage}${call.path}`)
  return {
    routeKey,
    rawPath: path,
    rawQueryString: call.query,
    cookies: cookie === undefined ? undefined : cookie.split(/; ?/),
    headers,
    queryStringParameters:
      lists === undefined ? undefined : objectOf(lists, (values) => values.join(',')),
    requestContext: {
      accountId: source.accountId,
      apiId: source.apiId,
      authorizer: parts.authorizer,
      domainName,
      domainPrefix: domainName.split('.', 1)[0],
      http: {
        method: call.request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: call.request.remoteAddress,
        userAgent: call.request.headers['user-agent'] ?? '',
      },
      requestId: parts.requestId,
      routeKey,
      stage: source.stage,
      time: requestTime(call.nowMs),
      timeEpoch: call.nowMs,
    },
    pathParameters: parts.parameters,
    stageVariables: source.stageVariables,
  }
}
