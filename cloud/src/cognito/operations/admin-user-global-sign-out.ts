import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { signedOutNow } from '../flows/sign-out.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Ends every sign-in of a user. */
export const adminUserGlobalSignOut = operation('AdminUserGlobalSignOut', {
  input: { UserPoolId: userPoolId, Username: username },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await changeUser(ctx, pool, user.username, signedOutNow(ctx))
    return {}
  },
})
