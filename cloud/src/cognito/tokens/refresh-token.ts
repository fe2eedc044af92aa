import type { Sealer } from '../sealing.ts'
import { apiScope } from './claims.ts'

/** What an opaque refresh token holds: sealed, so that only this cloud can read or make one. */
export type RefreshToken = {
  readonly poolId: string
  readonly clientId: string
  readonly sub: string
  readonly originJti: string
  readonly eventId: string
  readonly authTimeMs: number
  readonly untilMs: number
  readonly scope: string
  /** The token's own id: with rotation each is good for one use. */
  readonly jti: string
}

/** Short names, because the token travels with every refresh. */
type Packed = readonly [
  poolId: string,
  clientId: string,
  sub: string,
  originJti: string,
  eventId: string,
  authTimeMs: number,
  untilMs: number,
  jti: string,
  scope?: string,
]

export function sealRefreshToken(sealer: Sealer, token: RefreshToken): string {
  const { poolId, clientId, sub, originJti, eventId, authTimeMs, untilMs, jti, scope } = token
  const packed: Packed = [
    poolId,
    clientId,
    sub,
    originJti,
    eventId,
    authTimeMs,
    untilMs,
    jti,
    ...(scope === apiScope ? ([] as const) : ([scope] as const)),
  ]
  return sealer.seal('refresh token', JSON.stringify(packed))
}

/** The content of a refresh token of ours, expired or not; undefined for anything else. */
export function openRefreshToken(sealer: Sealer, text: string): RefreshToken | undefined {
  const plain = sealer.open('refresh token', text)
  if (plain === undefined) return undefined
  // Sealed by sealRefreshToken above: nobody else has the key.
  const packed = JSON.parse(plain.toString('utf8')) as Packed
  const [poolId, clientId, sub, originJti, eventId, authTimeMs, untilMs, jti, scope] = packed
  return {
    poolId,
    clientId,
    sub,
    originJti,
    eventId,
    authTimeMs,
    untilMs,
    jti,
    scope: scope ?? apiScope,
  }
}
