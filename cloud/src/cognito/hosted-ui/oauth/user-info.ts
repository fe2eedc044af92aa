import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { bearerOf } from '../../context.ts'
import { shownAttributes, type Attribute } from '../../pools/user.ts'
import type { PageCall } from '../page-call.ts'
import { oauthJson } from './oauth-error.ts'

const revoked =
  'Access token is expired, disabled, or deleted, or the user has globally signed out.'

/** OpenID Connect Core, 5.4: the claims of each scope. */
const claimsOf: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
}

/**
 * `GET /oauth2/userInfo` ("UserInfo endpoint"): the attributes that the token's scopes open. `openid` alone opens
 * all that the client may read. Values are text, the flags too, as Cognito sends them.
 */
export function userInfoEndpoint({ ctx, pool, headers }: PageCall): HttpResponse {
  const token = /^bearer +([\w.-]+) *$/i.exec(headers['authorization'] ?? '')?.[1]
  if (token === undefined) return refusal(400, 'invalid_request', 'The access token is missing.')
  let caller
  try {
    caller = bearerOf(ctx, token)
  } catch (error) {
    if (error instanceof AwsError) return refusal(401, 'invalid_token', revoked)
    throw error
  }
  if (caller.pool.id !== pool.id) return refusal(401, 'invalid_token', revoked)
  if (!caller.scopes.includes('openid')) {
    return refusal(403, 'insufficient_scope', 'The access token needs the scope openid.')
  }
  const client = ctx.pools.client(ctx.store.reader, caller.clientId)
  const opens = openedBy(caller.scopes)
  const shown = shownAttributes(caller.user).filter(
    ({ Name }) =>
      Name === 'sub' || (opens(Name) && (client?.ReadAttributes?.includes(Name) ?? true)),
  )
  return oauthJson(200, {
    ...Object.fromEntries(shown.map(claimOf)),
    username: caller.user.username,
  })
}

function openedBy(scopes: readonly string[]): (name: string) => boolean {
  const groups = scopes.filter((each) => Object.hasOwn(claimsOf, each))
  if (groups.length === 0) return () => true
  const names = new Set(groups.flatMap((each) => claimsOf[each] ?? []))
  return (name) => names.has(name)
}

const claimOf = ({ Name, Value }: Attribute): readonly [string, unknown] =>
  Name === 'address' ? [Name, { formatted: Value }] : [Name, Value]

function refusal(status: number, code: string, description: string): HttpResponse {
  return oauthJson(
    status,
    { error: code, error_description: description },
    { 'www-authenticate': `Bearer error="${code}", error_description="${description}"` },
  )
}
