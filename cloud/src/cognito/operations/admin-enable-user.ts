import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Lets a disabled user sign in again. */
export const adminEnableUser = operation('AdminEnableUser', {
  input: { UserPoolId: userPoolId, Username: username },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await changeUser(ctx, pool, user.username, () => ({ enabled: true }))
    return {}
  },
})
