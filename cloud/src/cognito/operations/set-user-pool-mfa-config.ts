import { optional } from '../../kernel/index.ts'
import { changePool } from '../change-pool.ts'
import { shownMfaConfig } from '../pools/mfa-config.ts'
import { invalidParameter } from '../errors.ts'
import type { MfaKind } from '../pools/pool.ts'
import {
  emailMfaConfig,
  smsMfaConfig,
  softwareTokenMfaConfig,
  userPoolMfa,
  webAuthnConfiguration,
} from './pool-shapes.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Says which second factors a pool has, and whether they are required. */
export const setUserPoolMfaConfig = operation('SetUserPoolMfaConfig', {
  input: {
    UserPoolId: userPoolId,
    SmsMfaConfiguration: optional(smsMfaConfig),
    SoftwareTokenMfaConfiguration: optional(softwareTokenMfaConfig),
    EmailMfaConfiguration: optional(emailMfaConfig),
    MfaConfiguration: optional(userPoolMfa),
    WebAuthnConfiguration: optional(webAuthnConfiguration),
  },
  async run(ctx, input) {
    const kinds: MfaKind[] = []
    if (input.SmsMfaConfiguration !== undefined) kinds.push('SMS_MFA')
    if (input.SoftwareTokenMfaConfiguration?.Enabled === true) kinds.push('SOFTWARE_TOKEN_MFA')
    if (input.EmailMfaConfiguration !== undefined) kinds.push('EMAIL_OTP')
    const after = await changePool(ctx, input.UserPoolId, (before) => {
      const MfaConfiguration = input.MfaConfiguration ?? before.MfaConfiguration
      if (MfaConfiguration !== 'OFF' && kinds.length === 0) {
        throw invalidParameter(
          'Invalid MFA configuration given, at least one MFA method is required.',
        )
      }
      const shown = {
        ...before.shown,
        SmsMfaConfiguration: input.SmsMfaConfiguration,
        EmailMfaConfiguration: input.EmailMfaConfiguration,
        WebAuthnConfiguration: input.WebAuthnConfiguration,
      }
      return { ...before, MfaConfiguration, EnabledMfas: kinds, shown }
    })
    return shownMfaConfig(after)
  },
})
