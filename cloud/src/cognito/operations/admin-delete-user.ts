import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { removeUser, userByName } from '../pools/user-store.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Deletes a user; every token of it is void from then on. */
export const adminDeleteUser = operation('AdminDeleteUser', {
  input: { UserPoolId: userPoolId, Username: username },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await ctx.store.write((writer) => {
      const before = userByName(writer, pool, user.username)
      if (before !== undefined) removeUser(writer, pool, before)
    })
    return {}
  },
})
