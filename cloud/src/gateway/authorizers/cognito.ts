import { AwsError } from '../../kernel/index.ts'
import type { AuthorizerDefinition } from '../definitions.ts'
import type { FindIssuer, Issuer } from '../ports.ts'
import { claimTime } from '../time.ts'
import { bearerToken, deny, identitySource, scopesOf, type Authorizer } from './authorizer.ts'
import { claimedIssuer, problemSentences, type VerifyToken } from './verify-token.ts'

type Claims = Readonly<Record<string, unknown>>
type CognitoDefinition = Extract<AuthorizerDefinition, { kind: 'cognito' }>

/**
 * A user-pool authorizer of a REST API (API Gateway, "Control access to REST APIs using Amazon Cognito user
 * pools as an authorizer"): an id token of one of the pools; where the method names scopes, an access token with
 * one of them. `Authorization` is taken with or without `Bearer`.
 */
export function cognitoAuthorizer(
  definition: CognitoDefinition,
  findIssuer: FindIssuer,
  verifyToken: VerifyToken,
): Authorizer {
  const source = definition.identitySource ?? 'method.request.header.Authorization'
  const read = identitySource(source)
  if (read === undefined) {
    throw new AwsError('BadRequestException', `Invalid identity source ${source}`)
  }
  return (call, { scopes }) => {
    const value = read(call)
    if (value === undefined || value === '') return deny('missing', '')
    const text = bearerToken(value)
    const pool = poolOf(definition.userPoolArns, claimedIssuer(text), findIssuer)
    if (pool === undefined) return deny('invalid', problemSentences.issuer)
    const token = verifyToken(text, pool, call.nowMs)
    if (typeof token === 'string') {
      return deny(token === 'expired' ? 'expired' : 'invalid', problemSentences[token])
    }
    if (token.claims['token_use'] !== (scopes.length > 0 ? 'access' : 'id')) {
      return deny('invalid', problemSentences.use)
    }
    if (scopes.length > 0) {
      const given = scopesOf(token.claims) ?? []
      if (!scopes.some((scope) => given.includes(scope))) return deny('scope', 'no required scope')
    }
    const shown = (token.shown ??= { claims: show(token.claims) })
    return { kind: 'allow', v1: shown, v2: shown }
  }
}

/** The pool that issued a token, of those that the authorizer trusts. */
function poolOf(
  arns: readonly string[],
  issuer: string | undefined,
  findIssuer: FindIssuer,
): Issuer | undefined {
  if (issuer === undefined) return undefined
  for (const arn of arns) {
    const pool = findIssuer(arn)
    if (pool?.issuers.includes(issuer) === true) return pool
  }
  return undefined
}

/** Claims as REST APIs show them: all as text, `exp` and `iat` as dates, lists with commas. */
const show = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]): [string, string] => [name, asText(name, value)]),
  )

function asText(name: string, value: unknown): string {
  if ((name === 'exp' || name === 'iat') && typeof value === 'number') return claimTime(value)
  if (typeof value === 'string') return value
  return Array.isArray(value)
    ? value.map((each) => asText('', each)).join(',')
    : JSON.stringify(value)
}
