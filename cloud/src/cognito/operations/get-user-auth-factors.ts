import { callerOf } from '../context.ts'
import { canGive, shownMfa } from '../pools/mfa-settings.ts'
import { operation } from './operation.ts'
import { tokenModel } from './shapes.ts'

/** The ways in which the caller can sign in. */
export const getUserAuthFactors = operation('GetUserAuthFactors', {
  input: { AccessToken: tokenModel },
  run(ctx, input) {
    const { pool, user } = callerOf(ctx, input.AccessToken)
    const allowed = pool.settings.Policies.SignInPolicy.AllowedFirstAuthFactors
    const has = {
      PASSWORD: user.password !== undefined,
      EMAIL_OTP: canGive(user, 'EMAIL_OTP'),
      SMS_OTP: canGive(user, 'SMS_MFA'),
      WEB_AUTHN: false,
    }
    return {
      Username: user.username,
      ...shownMfa(pool, user),
      ConfiguredUserAuthFactors: allowed.filter((factor) => has[factor]),
    }
  },
})
