import type { Environment } from '../../kernel/index.ts'

/**
 * One sign-in of one user. All tokens that come of it share its id as `origin_jti`, so that one mark revokes
 * them all. The id is a UUID of version 7 (RFC 9562): its first 48 bits tell, in milliseconds, when the sign-in
 * began, which a global sign-out compares with (`iat` knows only seconds).
 */
export type SignIn = {
  readonly originJti: string
  /** `event_id`, and the time of signing in as `auth_time`. */
  readonly eventId: string
  readonly authTimeMs: number
}

/** @param signedOutMs the user's last global sign-out: a sign-in always begins after it */
export function beginSignIn(environment: Environment, signedOutMs: number | undefined): SignIn {
  const nowMs = environment.clock.now()
  const beganMs = Math.max(nowMs, (signedOutMs ?? -1) + 1)
  const random = environment.ids.uuid()
  const time = Math.trunc(beganMs).toString(16).padStart(12, '0')
  return {
    originJti: `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`,
    eventId: environment.ids.uuid(),
    authTimeMs: nowMs,
  }
}

/** When a sign-in began, from its `origin_jti`. */
export const beganMs = (originJti: string): number =>
  Number.parseInt(originJti.slice(0, 8) + originJti.slice(9, 13), 16)
