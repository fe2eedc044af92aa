import type { Environment } from '../../kernel/index.ts'
import type { Client, Group, Pool } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import type { Sealer } from '../sealing.ts'
import { accessClaims, apiScope, idClaims, type ClaimChanges, type TokenSeed } from './claims.ts'
import type { Issuers } from './issuer.ts'
import { signJwt } from './jwt.ts'
import type { KeyRing } from './keys.ts'
import { sealRefreshToken } from './refresh-token.ts'
import type { SignIn } from './sign-in.ts'
import { validityMs } from './validity.ts'

export type TokenMaker = {
  readonly environment: Environment
  readonly issuers: Issuers
  readonly keyRing: KeyRing
  readonly sealer: Sealer
}

export type Issue = {
  readonly pool: Pool
  readonly client: Client
  readonly user: User
  readonly groups: readonly Group[]
  readonly signIn: SignIn
  readonly changes: ClaimChanges
  readonly scope?: string
  readonly oauth?: TokenSeed['oauth']
  /** `new` with a sign-in; a time when a rotated token inherits the end of the first one. */
  readonly refresh: 'none' | 'new' | { readonly untilMs: number }
}

export type IssuedTokens = {
  readonly AccessToken: string
  readonly IdToken: string
  readonly RefreshToken?: string
  readonly TokenType: 'Bearer'
  /** Seconds, of the access token. */
  readonly ExpiresIn: number
}

/** Signs an id and an access token, and seals a refresh token where one is asked for. */
export async function issueTokens(maker: TokenMaker, issue: Issue): Promise<IssuedTokens> {
  const { environment, issuers, keyRing, sealer } = maker
  const { pool, client, user, signIn } = issue
  const nowMs = environment.clock.now()
  const validity = validityMs(client)
  const seed: TokenSeed = {
    pool,
    client,
    user,
    groups: issue.groups,
    issuer: issuers.of(pool.id),
    signIn,
    nowMs,
    scope: issue.scope ?? apiScope,
    jti: { id: environment.ids.uuid(), access: environment.ids.uuid() },
    expiresMs: { id: nowMs + validity.id, access: nowMs + validity.access },
    changes: issue.changes,
    ...(issue.oauth === undefined ? {} : { oauth: issue.oauth }),
  }
  const keys = await keyRing.keysOf(pool.id)
  const signedAccess = signJwt(keys.access, accessClaims(seed))
  // `at_hash` needs the access token first; the API's tokens are signed side by side.
  const [IdToken, AccessToken] = await Promise.all([
    issue.oauth === undefined
      ? signJwt(keys.id, idClaims(seed))
      : signedAccess.then((access) => signJwt(keys.id, idClaims(seed, access))),
    signedAccess,
  ])
  const tokens = {
    AccessToken,
    IdToken,
    TokenType: 'Bearer',
    ExpiresIn: Math.floor(validity.access / 1000),
  } as const
  if (issue.refresh === 'none') return tokens
  const RefreshToken = sealRefreshToken(sealer, {
    poolId: pool.id,
    clientId: client.ClientId,
    sub: user.sub,
    originJti: signIn.originJti,
    eventId: signIn.eventId,
    authTimeMs: signIn.authTimeMs,
    untilMs: issue.refresh === 'new' ? nowMs + validity.refresh : issue.refresh.untilMs,
    scope: seed.scope,
    jti: environment.ids.uuid(),
  })
  return { ...tokens, RefreshToken }
}
