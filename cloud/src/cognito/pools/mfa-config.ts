import type { Pool } from './pool.ts'

/** A pool's second factors as GetUserPoolMfaConfig shows them. */
export function shownMfaConfig({ settings }: Pool) {
  const { EnabledMfas: kinds, shown, MfaConfiguration } = settings
  return {
    ...(kinds.includes('SMS_MFA')
      ? { SmsMfaConfiguration: shown['SmsMfaConfiguration'] ?? {} }
      : {}),
    ...(kinds.includes('SOFTWARE_TOKEN_MFA')
      ? { SoftwareTokenMfaConfiguration: { Enabled: true } }
      : {}),
    ...(kinds.includes('EMAIL_OTP')
      ? { EmailMfaConfiguration: shown['EmailMfaConfiguration'] ?? {} }
      : {}),
    ...(shown['WebAuthnConfiguration'] === undefined
      ? {}
      : { WebAuthnConfiguration: shown['WebAuthnConfiguration'] }),
    MfaConfiguration,
  }
}
