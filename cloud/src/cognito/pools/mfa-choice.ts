import { invalidParameter } from '../errors.ts'
import { canGive } from './mfa-settings.ts'
import type { MfaKind } from './pool.ts'
import type { User } from './user.ts'

type Setting = {
  readonly Enabled?: boolean | undefined
  readonly PreferredMfa?: boolean | undefined
}

/** What SetUserMFAPreference takes. */
export type MfaChoice = {
  readonly SMSMfaSettings?: Setting | undefined
  readonly SoftwareTokenMfaSettings?: Setting | undefined
  readonly EmailMfaSettings?: Setting | undefined
}

/**
 * The user's second factors after a choice. A kind that is not named stays as it is.
 *
 * @throws InvalidParameterException when the user cannot give a factor, or two are preferred
 */
export function chosenMfa(user: User, choice: MfaChoice): User['mfa'] {
  const settings: readonly (readonly [MfaKind, Setting | undefined])[] = [
    ['SMS_MFA', choice.SMSMfaSettings],
    ['SOFTWARE_TOKEN_MFA', choice.SoftwareTokenMfaSettings],
    ['EMAIL_OTP', choice.EmailMfaSettings],
  ]
  const enabled = new Set(user.mfa.enabled)
  let { preferred } = user.mfa
  const named = settings.filter(([, setting]) => setting?.PreferredMfa === true)
  if (named.length > 1) throw invalidParameter('Only one MFA method can be preferred.')
  for (const [kind, setting] of settings) {
    if (setting === undefined) continue
    if (setting.Enabled === true || setting.PreferredMfa === true) {
      if (!canGive(user, kind)) throw invalidParameter(refusals[kind])
      enabled.add(kind)
    } else if (setting.Enabled === false) enabled.delete(kind)
    if (setting.PreferredMfa === true) preferred = kind
    else if (preferred === kind) preferred = undefined
  }
  const kept = preferred !== undefined && enabled.has(preferred) ? { preferred } : {}
  return { enabled: [...enabled], ...kept }
}

const refusals: Readonly<Record<MfaKind, string>> = {
  SOFTWARE_TOKEN_MFA: 'User has not verified software token mfa',
  SMS_MFA: 'User does not have delivery config set to turn on SMS_MFA',
  EMAIL_OTP: 'User does not have delivery config set to turn on EMAIL_OTP',
}
