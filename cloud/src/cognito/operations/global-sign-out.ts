import { changeUser } from '../change-user.ts'
import { callerOf } from '../context.ts'
import { signedOutNow } from '../flows/sign-out.ts'
import { operation } from './operation.ts'
import { tokenModel } from './shapes.ts'

/** Ends every sign-in of the caller: refresh fails, and so do Cognito's own operations. */
export const globalSignOut = operation('GlobalSignOut', {
  input: { AccessToken: tokenModel },
  async run(ctx, input) {
    const { pool, user } = callerOf(ctx, input.AccessToken)
    await changeUser(ctx, pool, user.username, signedOutNow(ctx))
    return {}
  },
})
