import type { ApiCall } from '../call.ts'

/** What an authorizer says of a call. */
export type Verdict =
  | {
      readonly kind: 'allow'
      /** `requestContext.authorizer` of events in payload format 1.0 and 2.0. */
      readonly v1: unknown
      readonly v2: unknown
    }
  | {
      readonly kind: 'deny'
      readonly reason: 'missing' | 'invalid' | 'expired' | 'scope'
      /** Why, in words that tell the caller nothing he may not know. */
      readonly description: string
    }

/** Judges a call by the scopes that its route asks for; those that call a function answer later. */
export type Authorizer = (call: ApiCall, scopes: readonly string[]) => Verdict | Promise<Verdict>

/**
 * Reads where a token stands: `$request.header.X` or `$request.querystring.X` (HTTP APIs),
 * `method.request.header.X` (REST APIs). Undefined for a source of another form.
 */
export function identitySource(
  source: string,
): ((call: ApiCall) => string | undefined) | undefined {
  const match =
    /^(?:\$request|method\.request)\.(header|querystring)\.([\w!#$%&'*+\-.^`|~]+)$/.exec(source)
  const name = match?.[2]
  if (name === undefined) return undefined
  if (match?.[1] === 'querystring') {
    return (call) => new URLSearchParams(call.query).get(name) ?? undefined
  }
  const header = name.toLowerCase()
  return ({ request }) =>
    Object.hasOwn(request.headers, header) ? request.headers[header] : undefined
}

/** The token of an `Authorization` header, with or without `Bearer`. */
export const bearerToken = (value: string): string => value.replace(/^Bearer\s+/i, '').trim()

/** The scopes of an access token: `scope` as OAuth writes it, or `scp` as a list or text. */
export function scopesOf(claims: Readonly<Record<string, unknown>>): string[] | undefined {
  const value = claims['scope'] ?? claims['scp']
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  return typeof value === 'string' ? value.split(' ').filter((each) => each !== '') : undefined
}
