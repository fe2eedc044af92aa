import { callerOf } from '../context.ts'
import { userByName, removeUser } from '../pools/user-store.ts'
import { operation } from './operation.ts'
import { tokenModel } from './shapes.ts'

/** A user deletes their own account. */
export const deleteUser = operation('DeleteUser', {
  input: { AccessToken: tokenModel },
  async run(ctx, input) {
    const { pool, user } = callerOf(ctx, input.AccessToken)
    await ctx.store.write((writer) => {
      const before = userByName(writer, pool, user.username)
      if (before !== undefined) removeUser(writer, pool, before)
    })
    return {}
  },
})
