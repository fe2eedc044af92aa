import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { requireGroup } from '../require-group.ts'
import { groupName, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Ends a user's membership of a group. */
export const adminRemoveUserFromGroup = operation('AdminRemoveUserFromGroup', {
  input: { UserPoolId: userPoolId, Username: username, GroupName: groupName },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    requireGroup(ctx.store.reader, pool, input.GroupName)
    await changeUser(ctx, pool, user.username, (before) => ({
      groups: before.groups.filter((name) => name !== input.GroupName),
    }))
    return {}
  },
})
