import { optional } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { chosenMfa } from '../pools/mfa-choice.ts'
import {
  emailMfaSettings,
  sMSMfaSettings,
  softwareTokenMfaSettings,
  userPoolId,
  username,
  webAuthnMfaSettings,
} from './shapes.ts'
import { operation } from './operation.ts'

/** Chooses a user's second factors, and which comes first. */
export const adminSetUserMFAPreference = operation('AdminSetUserMFAPreference', {
  input: {
    SMSMfaSettings: optional(sMSMfaSettings),
    SoftwareTokenMfaSettings: optional(softwareTokenMfaSettings),
    EmailMfaSettings: optional(emailMfaSettings),
    WebAuthnMfaSettings: optional(webAuthnMfaSettings),
    Username: username,
    UserPoolId: userPoolId,
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await changeUser(ctx, pool, user.username, (before) => ({ mfa: chosenMfa(before, input) }))
    return {}
  },
})
