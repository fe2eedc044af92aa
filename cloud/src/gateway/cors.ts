import type { HttpRequest, HttpResponse } from '../kernel/index.ts'
import type { CorsDefinition } from './definitions.ts'

export type Cors = {
  /** The gateway's own answer to a preflight; undefined for any other request. */
  readonly preflight: (request: HttpRequest) => HttpResponse | undefined
  /** The answer with the API's CORS headers in place of those that the integration sent. */
  readonly apply: (request: HttpRequest, response: HttpResponse) => HttpResponse
}

/**
 * CORS of an HTTP API (API Gateway, "Configure CORS for HTTP APIs"): preflights are answered by the gateway, even
 * without a route, and CORS headers that come from the integration are ignored.
 */
export function corsOf(definition: CorsDefinition): Cors {
  const origins = definition.allowOrigins ?? []
  const credentials = definition.allowCredentials === true
  const list = (values: readonly string[] | undefined): string => (values ?? []).join(',')

  function originHeaders(origin: string): Record<string, string> | undefined {
    const any = origins.includes('*')
    if (!any && !origins.some((allowed) => originFits(allowed, origin))) return undefined
    return {
      'access-control-allow-origin': any && !credentials ? '*' : origin,
      ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    }
  }

  return {
    preflight({ method, headers }) {
      const origin = headers['origin']
      const asked = headers['access-control-request-method']
      if (method !== 'OPTIONS' || origin === undefined || asked === undefined) return undefined
      const allowed = originHeaders(origin)
      if (allowed === undefined) return { status: 204, headers: {}, body: '' }
      const { maxAgeSeconds } = definition
      return {
        status: 204,
        headers: {
          ...allowed,
          ...optional('access-control-allow-methods', list(definition.allowMethods)),
          ...optional('access-control-allow-headers', list(definition.allowHeaders)),
          ...optional('access-control-expose-headers', list(definition.exposeHeaders)),
          ...(maxAgeSeconds === undefined ? {} : { 'access-control-max-age': `${maxAgeSeconds}` }),
        },
        body: '',
      }
    },
    apply({ headers: { origin } }, response) {
      const kept = Object.entries(response.headers).filter(
        ([name]) => !name.startsWith('access-control-'),
      )
      const allowed = origin === undefined ? undefined : originHeaders(origin)
      return {
        status: response.status,
        headers: {
          ...Object.fromEntries(kept),
          ...allowed,
          ...(allowed === undefined
            ? {}
            : optional('access-control-expose-headers', list(definition.exposeHeaders))),
        },
        body: response.body,
      }
    },
  }
}

const optional = (name: string, value: string): Record<string, string> =>
  value === '' ? {} : { [name]: value }

/** `https://*` takes any origin of that scheme. */
const originFits = (allowed: string, origin: string): boolean =>
  allowed === origin || (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1)))
