import { optional } from '../../kernel/index.ts'
import { changeUser } from '../change-user.ts'
import { callerOf } from '../context.ts'
import { chosenMfa } from '../pools/mfa-choice.ts'
import {
  emailMfaSettings,
  sMSMfaSettings,
  softwareTokenMfaSettings,
  tokenModel,
  webAuthnMfaSettings,
} from './shapes.ts'
import { operation } from './operation.ts'

/** The caller chooses second factors, and which comes first. */
export const setUserMFAPreference = operation('SetUserMFAPreference', {
  input: {
    SMSMfaSettings: optional(sMSMfaSettings),
    SoftwareTokenMfaSettings: optional(softwareTokenMfaSettings),
    EmailMfaSettings: optional(emailMfaSettings),
    WebAuthnMfaSettings: optional(webAuthnMfaSettings),
    AccessToken: tokenModel,
  },
  async run(ctx, input) {
    const { pool, user } = callerOf(ctx, input.AccessToken)
    await changeUser(ctx, pool, user.username, (before) => ({ mfa: chosenMfa(before, input) }))
    return {}
  },
})
