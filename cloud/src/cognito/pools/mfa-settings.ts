import type { MfaKind, Pool } from './pool.ts'
import { attributeOf, isVerified, type User } from './user.ts'

/** The second factors that a user can give now: allowed by the pool, and set up or chosen by the user. */
export function usableMfas(pool: Pool, user: User): MfaKind[] {
  const { MfaConfiguration, EnabledMfas } = pool.settings
  if (MfaConfiguration === 'OFF') return []
  const chosen = EnabledMfas.filter(
    (kind) => user.mfa.enabled.includes(kind) && canGive(user, kind),
  )
  if (chosen.length > 0 || MfaConfiguration === 'OPTIONAL') return chosen
  // "Adding MFA": where it is required, an address that is known serves without being chosen.
  return EnabledMfas.filter((kind) => canGive(user, kind))
}

export function canGive(user: User, kind: MfaKind): boolean {
  switch (kind) {
    case 'SOFTWARE_TOKEN_MFA':
      return user.totp?.verified === true
    case 'SMS_MFA':
      return attributeOf(user, 'phone_number') !== undefined
    case 'EMAIL_OTP':
      return attributeOf(user, 'email') !== undefined && isVerified(user, 'email')
  }
}

/** As GetUser shows it; absent where the user has chosen none. */
export const shownMfa = (pool: Pool, user: User) => ({
  ...(user.mfa.preferred === undefined ? {} : { PreferredMfaSetting: user.mfa.preferred }),
  ...(user.mfa.enabled.length === 0
    ? {}
    : { UserMFASettingList: user.mfa.enabled.filter((kind) => isKnown(pool, kind)) }),
})

const isKnown = (pool: Pool, kind: MfaKind): boolean =>
  pool.settings.MfaConfiguration !== 'OFF' && pool.settings.EnabledMfas.includes(kind)
