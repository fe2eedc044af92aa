/**
 * What the services read of an API Gateway event: payload version 1.0 (REST APIs) or 2.0 (HTTP APIs)
 * ("Create AWS Lambda proxy integrations for HTTP APIs", "Set up Lambda proxy integrations").
 */
export type HttpEvent = {
  readonly version?: string
  readonly httpMethod?: string
  readonly headers?: Readonly<Record<string, string | undefined>> | null
  readonly pathParameters?: Readonly<Record<string, string | undefined>> | null
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
  /** The route that an HTTP API chose, for example `GET /users/{userId}`. */
  readonly routeKey?: string
  readonly requestContext?: {
    readonly requestId?: string
    readonly http?: { readonly method?: string }
    readonly authorizer?: { readonly claims?: Claims; readonly jwt?: { readonly claims?: Claims } }
  }
}

type Claims = Readonly<Record<string, unknown>>

/** The answer in the form that both payload versions take. */
export type HttpResult = {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: false
}

/** A request, whichever kind of API it came by. */
export type HttpRequest = {
  readonly method: string
  readonly requestId: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly path: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string>>
  readonly bodyText: string
  readonly bodyBytes: number
  readonly restApi: boolean
  /** Of the token that the gateway's authorizer has verified; empty on a route without one. */
  readonly claims: Claims
}

function defined(
  entries: Readonly<Record<string, string | undefined>> | null | undefined,
  name: (key: string) => string,
): Record<string, string> {
  // Object.fromEntries makes own properties, whatever the caller's keys are called.
  return Object.fromEntries(
    Object.entries(entries ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [[name(key), value]],
    ),
  )
}

const same = (key: string): string => key

/** Repeated parameters arrive joined by a comma in version 2.0, as lists in 1.0. */
function queryOf(event: HttpEvent): Record<string, string> {
  const several = event.multiValueQueryStringParameters
  if (several === null || several === undefined) return defined(event.queryStringParameters, same)
  return Object.fromEntries(Object.entries(several).map(([key, values]) => [key, values.join(',')]))
}

export function readEvent(event: HttpEvent): HttpRequest {
  const restApi = event.requestContext?.http === undefined
  const raw = event.body ?? ''
  const bytes = Buffer.from(raw, event.isBase64Encoded === true ? 'base64' : 'utf8')
  return {
    method: event.requestContext?.http?.method ?? event.httpMethod ?? '',
    requestId: event.requestContext?.requestId ?? '',
    headers: defined(event.headers, (name) => name.toLowerCase()),
    path: defined(event.pathParameters, same),
    query: queryOf(event),
    bodyText: event.isBase64Encoded === true ? bytes.toString('utf8') : raw,
    bodyBytes: bytes.length,
    restApi,
    claims:
      event.requestContext?.authorizer?.jwt?.claims ??
      event.requestContext?.authorizer?.claims ??
      {},
  }
}
