import { map, optional, text } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { addressToRecover, sendCode } from '../flows/verification.ts'
import { resetCodeMs } from '../limits.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Makes the password void until the user chooses another with the code that is sent. */
export const adminResetUserPassword = operation('AdminResetUserPassword', {
  input: { UserPoolId: userPoolId, Username: username, ClientMetadata: optional(map(text)) },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    if (user.status === 'FORCE_CHANGE_PASSWORD' || user.status === 'UNCONFIRMED') {
      throw notAuthorized('User password cannot be reset in the current state.')
    }
    const address = addressToRecover(pool, user)
    if (address === undefined) {
      throw invalidParameter(
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      )
    }
    const changed = await changeUser(ctx, pool, user.username, () => ({
      status: 'RESET_REQUIRED',
    }))
    await sendCode(ctx, {
      ...address,
      pool,
      user: changed,
      clientId: 'CLIENT_ID_NOT_APPLICABLE',
      purpose: 'reset',
      occasion: 'ForgotPassword',
      clientMetadata: input.ClientMetadata ?? {},
      validMs: resetCodeMs,
    })
    return {}
  },
})
