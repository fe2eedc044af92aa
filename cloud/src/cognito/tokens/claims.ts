import type { Client, Group, Pool } from '../pools/pool.ts'
import { attributeOf, type Attribute, type User } from '../pools/user.ts'
import { byPrecedence } from '../pools/group-store.ts'
import type { Claims } from './jwt.ts'
import type { SignIn } from './sign-in.ts'

/** The scope of every access token that an API sign-in gives. */
export const apiScope = 'aws.cognito.signin.user.admin'

/** What both tokens of one issue have in common. */
export type TokenSeed = {
  readonly pool: Pool
  readonly client: Client
  readonly user: User
  readonly groups: readonly Group[]
  readonly issuer: string
  readonly signIn: SignIn
  readonly nowMs: number
  readonly scope: string
  readonly jti: { readonly id: string; readonly access: string }
  readonly expiresMs: { readonly id: number; readonly access: number }
  /** What a token-generation trigger asked for. */
  readonly changes: ClaimChanges
  readonly oauth?: OAuthTokens
}

/** What sets the tokens of the OAuth endpoints apart from those of the API. */
export type OAuthTokens = {
  /** `version` in the access token. */
  readonly version: 2
  /** `nonce` in the id token, as the application sent it. */
  readonly nonce?: string
  /** `at_hash` in the id token. */
  readonly atHash: (accessToken: string) => string
}

export type TokenChanges = {
  readonly add: Claims
  readonly suppress: readonly string[]
}
export type ClaimChanges = {
  readonly id: TokenChanges
  readonly access: TokenChanges & {
    readonly scopesToAdd: readonly string[]
    readonly scopesToSuppress: readonly string[]
  }
  readonly groups?: readonly string[]
  readonly roles?: readonly string[]
  readonly preferredRole?: string
}

export const noChanges: ClaimChanges = {
  id: { add: {}, suppress: [] },
  access: { add: {}, suppress: [], scopesToAdd: [], scopesToSuppress: [] },
}

/** "Understanding the access token": no `aud`; the client is in `client_id`. */
export function accessClaims(seed: TokenSeed): Claims {
  const { user, signIn, changes, oauth } = seed
  const groups = groupNames(seed)
  const scopes = seed.scope
    .split(' ')
    .filter((scope) => !changes.access.scopesToSuppress.includes(scope))
  const claims = {
    sub: user.sub,
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    iss: seed.issuer,
    ...(oauth === undefined ? {} : { version: oauth.version }),
    client_id: seed.client.ClientId,
    origin_jti: signIn.originJti,
    event_id: signIn.eventId,
    token_use: 'access',
    scope: [...new Set([...scopes, ...changes.access.scopesToAdd])].join(' '),
    auth_time: seconds(signIn.authTimeMs),
    exp: seconds(seed.expiresMs.access),
    iat: seconds(seed.nowMs),
    jti: seed.jti.access,
    username: user.username,
  }
  return changed(claims, changes.access)
}

/** "Understanding the identity (ID) token": the attributes that the client may read, as text but for the flags. */
export function idClaims(seed: TokenSeed, accessToken?: string): Claims {
  const { user, signIn, changes } = seed
  const groups = groupNames(seed)
  const claims = {
    sub: user.sub,
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    ...attributeClaims(seed.client, user.attributes),
    iss: seed.issuer,
    'cognito:username': user.username,
    ...preferredUsername(seed),
    ...roleClaims(seed),
    ...oauthIdClaims(seed, accessToken),
    origin_jti: signIn.originJti,
    aud: seed.client.ClientId,
    event_id: signIn.eventId,
    token_use: 'id',
    auth_time: seconds(signIn.authTimeMs),
    exp: seconds(seed.expiresMs.id),
    iat: seconds(seed.nowMs),
    jti: seed.jti.id,
  }
  return changed(claims, changes.id)
}

const oauthIdClaims = ({ oauth }: TokenSeed, accessToken: string | undefined): Claims => ({
  ...(oauth?.nonce === undefined ? {} : { nonce: oauth.nonce }),
  ...(oauth === undefined || accessToken === undefined
    ? {}
    : { at_hash: oauth.atHash(accessToken) }),
})

const seconds = (ms: number): number => Math.floor(ms / 1000)

const groupNames = (seed: TokenSeed): readonly string[] =>
  seed.changes.groups ?? [...seed.groups].sort(byPrecedence).map(({ name }) => name)

function roleClaims(seed: TokenSeed): Claims {
  const ordered = [...seed.groups].sort(byPrecedence)
  const roles =
    seed.changes.roles ?? ordered.flatMap(({ roleArn }) => (roleArn === undefined ? [] : [roleArn]))
  if (roles.length === 0) return {}
  const preferred = seed.changes.preferredRole ?? preferredRole(ordered)
  return {
    'cognito:roles': roles,
    ...(preferred === undefined ? {} : { 'cognito:preferred_role': preferred }),
  }
}

/** "Adding groups": the role of the group with the lowest precedence, unless another group ties with it. */
function preferredRole(ordered: readonly Group[]): string | undefined {
  const withRole = ordered.filter(({ roleArn }) => roleArn !== undefined)
  const [first, second] = withRole
  if (first?.precedence === undefined) return undefined
  const tied = second?.precedence === first.precedence && second.roleArn !== first.roleArn
  return tied ? undefined : first.roleArn
}

const preferredUsername = ({ user }: TokenSeed): Claims => {
  const value = attributeOf(user, 'preferred_username')
  return value === undefined ? {} : { preferred_username: value }
}

function attributeClaims(client: Client, attributes: readonly Attribute[]): Claims {
  const readable = attributes.filter(
    ({ Name }) => client.ReadAttributes === undefined || client.ReadAttributes.includes(Name),
  )
  return Object.fromEntries(
    readable.map(({ Name, Value }) => {
      if (Name === 'email_verified' || Name === 'phone_number_verified') {
        return [Name, Value === 'true']
      }
      return [Name, Name === 'address' ? { formatted: Value } : Value]
    }),
  )
}

function changed(claims: Claims, changes: TokenChanges): Claims {
  const all = { ...claims, ...changes.add }
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => !changes.suppress.includes(name)),
  )
}
