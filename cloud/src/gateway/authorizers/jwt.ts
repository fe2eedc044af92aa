import { AwsError } from '../../kernel/index.ts'
import type { AuthorizerDefinition } from '../definitions.ts'
import type { FindIssuer } from '../ports.ts'
import { bearerToken, deny, identitySource, scopesOf, type Authorizer } from './authorizer.ts'
import { problemSentences, type VerifyToken } from './verify-token.ts'

type Claims = Readonly<Record<string, unknown>>
type JwtDefinition = Extract<AuthorizerDefinition, { kind: 'jwt' }>
type Shown = {
  readonly claims: Record<string, string>
  readonly scopes: readonly string[] | undefined
}

/**
 * A JWT authorizer of an HTTP API (API Gateway, "Control access to HTTP APIs with JWT authorizers"): signature,
 * issuer, audience (`aud`, or `client_id` where there is no `aud`), times, and one of the route's scopes.
 */
export function jwtAuthorizer(
  definition: JwtDefinition,
  findIssuer: FindIssuer,
  verifyToken: VerifyToken,
): Authorizer {
  const source = definition.identitySource ?? '$request.header.Authorization'
  const read = identitySource(source)
  if (read === undefined) {
    throw new AwsError('BadRequestException', `Invalid identity source ${source}`)
  }
  const audiences = new Set(definition.audience)
  return (call, { scopes }) => {
    const value = read(call)
    if (value === undefined || value === '') return deny('missing', '')
    const issuer = findIssuer(definition.issuer)
    if (issuer === undefined) return deny('invalid', problemSentences.issuer)
    const token = verifyToken(bearerToken(value), issuer, call.nowMs)
    if (typeof token === 'string') {
      return deny(token === 'expired' ? 'expired' : 'invalid', problemSentences[token])
    }
    if (!hasAudience(token.claims, audiences)) {
      return deny('invalid', 'the token does not have a valid audience')
    }
    const shown = ((token.shown as Shown | undefined) ??= show(token.claims)) // written only here
    if (scopes.length > 0 && !scopes.some((scope) => shown.scopes?.includes(scope) === true)) {
      return deny('scope', 'the token does not have a required scope')
    }
    const jwt = {
      claims: shown.claims,
      scopes: scopes.length === 0 ? null : (shown.scopes ?? null),
    }
    return { kind: 'allow', v1: jwt, v2: { jwt } }
  }
}

function hasAudience(claims: Claims, audiences: ReadonlySet<string>): boolean {
  const audience = claims['aud'] ?? claims['client_id']
  const given: unknown[] = Array.isArray(audience) ? audience : [audience]
  return given.some((each) => typeof each === 'string' && audiences.has(each))
}

/** Claims as HTTP APIs show them: all as text, lists as `[a b]`. */
function show(claims: Claims): Shown {
  const texts = Object.entries(claims).map(([name, value]): [string, string] => [
    name,
    asText(value),
  ])
  return { claims: Object.fromEntries(texts), scopes: scopesOf(claims) }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? `[${value.map(asText).join(' ')}]` : JSON.stringify(value)
}
