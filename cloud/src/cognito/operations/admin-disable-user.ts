import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { signedOutNow } from '../flows/sign-out.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Disables a user: no sign-in works until it is enabled again, and the tokens it had never again. */
export const adminDisableUser = operation('AdminDisableUser', {
  input: { UserPoolId: userPoolId, Username: username },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await changeUser(ctx, pool, user.username, (before) => ({
      ...signedOutNow(ctx)(before),
      enabled: false,
    }))
    return {}
  },
})
