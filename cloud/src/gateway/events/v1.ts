import { domainOf, type ApiCall } from '../call.ts'
import { forwardedHeaders, titleCase } from '../headers.ts'
import { requestTime } from '../time.ts'
import type { EventBody } from './body.ts'
import { objectOf, queryLists } from './query.ts'

/** What all events of one API share. */
export type EventSource = {
  readonly accountId: string
  readonly apiId: string
  readonly stage: string
  readonly stageVariables: Readonly<Record<string, string>> | undefined
}

export type EventParts = {
  readonly call: ApiCall
  readonly source: EventSource
  /** `/users/{userId}`, or `$default`. */
  readonly resource: string
  readonly parameters: Record<string, string> | undefined
  readonly body: EventBody
  readonly requestId: string
  readonly extendedRequestId: string
  readonly traceId: string
  /** `requestContext.authorizer`. */
  readonly authorizer: unknown
  readonly identity?: CallerIdentity | undefined
}

/** Who signed a request. */
export type CallerIdentity = {
  readonly accessKey: string
  readonly accountId: string
  readonly caller: string
  readonly user: string
  readonly userArn: string
}

const identity = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
}

/**
 * The event of a REST API's Lambda proxy integration (API Gateway, "Set up Lambda proxy integrations in API
 * Gateway", "Input format of a Lambda function for proxy integration"), as JSON text.
 *
 * Header names: REST APIs show them as the client spelled them, which is lost by then; they are written as most
 * clients and AWS's examples do (`Content-Type`).
 */
export const restEvent = (parts: EventParts, resourceId: string | null): string =>
  JSON.stringify({ ...restRequest(parts, resourceId), ...bodyOf(parts) })

const bodyOf = ({ body }: EventParts) => ({ body: body.text, isBase64Encoded: body.base64 })

/** The event of a REST API but for the body: what authorizers see, too. */
export function restRequest(parts: EventParts, resourceId: string | null) {
  const { call, source } = parts
  const headers: Record<string, string> = {}
  const multiValueHeaders: Record<string, string[]> = {}
  const forwarded = forwardedHeaders(call.request, parts.traceId)
  for (const name in forwarded) {
    if (name === 'content-length') continue // REST APIs drop it
    const spelled = titleCase(name)
    const value = forwarded[name] ?? ''
    headers[spelled] = value
    multiValueHeaders[spelled] = [value]
  }
  const lists = queryLists(call.query)
  const domainName = domainOf(call.request)
  return {
    resource: parts.resource,
    path: call.address === 'execute-api' ? call.path : call.publicPath,
    httpMethod: call.request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: lists === undefined ? null : objectOf(lists, (values) => values.at(-1)),
    multiValueQueryStringParameters:
      lists === undefined ? null : objectOf(lists, (values) => values),
    pathParameters: parts.parameters ?? null,
    stageVariables: source.stageVariables ?? null,
    requestContext: {
      resourceId,
      ...(parts.authorizer === undefined ? {} : { authorizer: parts.authorizer }),
      resourcePath: parts.resource,
      httpMethod: call.request.method,
      extendedRequestId: parts.extendedRequestId,
      requestTime: requestTime(call.nowMs),
      path: call.publicPath,
      accountId: source.accountId,
      protocol: 'HTTP/1.1',
      stage: source.stage,
      domainPrefix: domainName.split('.', 1)[0],
      requestTimeEpoch: call.nowMs,
      requestId: parts.requestId,
      identity: {
        ...identity,
        ...parts.identity,
        sourceIp: call.request.remoteAddress,
        userAgent: call.request.headers['user-agent'] ?? null,
      },
      domainName,
      apiId: source.apiId,
    },
  }
}

/**
 * The event of an HTTP API with payload format 1.0 (API Gateway, "Working with AWS Lambda proxy integrations
 * for HTTP APIs"): header names in lower case, a `version`, the same otherwise.
 */
export const httpEventV1 = (parts: EventParts): string =>
  JSON.stringify({ version: '1.0', ...httpRequestV1(parts), ...bodyOf(parts) })

/** The event of an HTTP API in format 1.0 but for the version and the body: what authorizers see, too. */
export function httpRequestV1(parts: EventParts) {
  const { call, source } = parts
  const headers = forwardedHeaders(call.request, parts.traceId)
  const lists = queryLists(call.query)
  const domainName = domainOf(call.request)
  return {
    resource: parts.resource,
    path: call.publicPath,
    httpMethod: call.request.method,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: lists === undefined ? null : objectOf(lists, (values) => values.at(-1)),
    multiValueQueryStringParameters:
      lists === undefined ? null : objectOf(lists, (values) => values),
    requestContext: {
      accountId: source.accountId,
      apiId: source.apiId,
      ...(parts.authorizer === undefined ? {} : { authorizer: parts.authorizer }),
      domainName,
      domainPrefix: domainName.split('.', 1)[0],
      extendedRequestId: parts.extendedRequestId,
      httpMethod: call.request.method,
      identity: {
        ...identity,
        ...parts.identity,
        sourceIp: call.request.remoteAddress,
        userAgent: call.request.headers['user-agent'] ?? null,
      },
      path: call.publicPath,
      protocol: 'HTTP/1.1',
      requestId: parts.requestId,
      requestTime: requestTime(call.nowMs),
      requestTimeEpoch: call.nowMs,
      resourceId: parts.resource,
      resourcePath: parts.resource,
      stage: source.stage,
    },
    pathParameters: parts.parameters ?? null,
    stageVariables: source.stageVariables ?? null,
  }
}
