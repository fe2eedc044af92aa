import type { ApiCall } from '../call.ts'
import type { CallerIdentity, EventParts } from '../events/v1.ts'

/** What an authorizer says of a call. */
export type Verdict =
  | {
      readonly kind: 'allow'
      /** `requestContext.authorizer` of events in payload format 1.0 and 2.0. */
      readonly v1: unknown
      readonly v2: unknown
      /** Of a caller who signed: `requestContext.identity` of events in payload format 1.0. */
      readonly identity?: CallerIdentity
    }
  | {
      readonly kind: 'deny'
      readonly reason: DenialReason
      /** Why, in words that tell the caller nothing he may not know. */
      readonly description: string
      /** AWS's code, where the reason has more than one. */
      readonly code?: string
    }

/**
 * - `missing`, `invalid`, `expired`, `scope`: what is wrong with a token
 * - `unidentified`: no identity that a function could judge, or the function knows none
 * - `refused`: a function's policy or answer says no
 * - `failed`, `misconfigured`: a function gave no answer, or one that means nothing
 * - `unsigned`, `signature`: what is wrong with a signature
 */
export type DenialReason =
  | 'missing'
  | 'invalid'
  | 'expired'
  | 'scope'
  | 'unidentified'
  | 'refused'
  | 'failed'
  | 'misconfigured'
  | 'unsigned'
  | 'signature'

/** What a call asks to be let through to. */
export type Asked = {
  /** Scopes of which a token must carry one. */
  readonly scopes: readonly string[]
  /** `GET /users/{userId}`, or `$default`. */
  readonly routeKey: string
  readonly resourceId: string | undefined
  /** The call as the integration's event will show it, without a body. */
  readonly parts: () => EventParts
}

/** Judges a call; those that call a function answer later. */
export type Authorizer = (call: ApiCall, asked: Asked) => Verdict | Promise<Verdict>

export const deny = (
  reason: DenialReason,
  description: string,
  code?: string,
): Extract<Verdict, { kind: 'deny' }> => ({
  kind: 'deny',
  reason,
  description,
  ...(code === undefined ? {} : { code }),
})

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
