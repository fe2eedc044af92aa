import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { limitExceeded } from '../errors.ts'
import { groupsPerUserMax } from '../limits.ts'
import { requireGroup } from '../require-group.ts'
import { groupName, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Makes a user a member of a group; tokens issued from then on say so. */
export const adminAddUserToGroup = operation('AdminAddUserToGroup', {
  input: { UserPoolId: userPoolId, Username: username, GroupName: groupName },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    requireGroup(ctx.store.reader, pool, input.GroupName)
    await changeUser(ctx, pool, user.username, (before, reader) => {
      requireGroup(reader, pool, input.GroupName) // again: it may be deleted at the same time
      if (before.groups.includes(input.GroupName)) return {}
      if (before.groups.length >= groupsPerUserMax) {
        throw limitExceeded(`A user can be in at most ${groupsPerUserMax} groups.`)
      }
      return { groups: [...before.groups, input.GroupName] }
    })
    return {}
  },
})
