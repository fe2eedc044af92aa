import { requirePool } from '../context.ts'
import { removeGroup } from '../pools/group-store.ts'
import { membersOf, replaceUser, userAt } from '../pools/user-store.ts'
import { requireGroup } from '../require-group.ts'
import { groupName, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Deletes a group; its members stay, without it. */
export const deleteGroup = operation('DeleteGroup', {
  input: { GroupName: groupName, UserPoolId: userPoolId },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    await ctx.store.write((writer) => {
      requireGroup(writer, pool, input.GroupName)
      const members = [...membersOf(writer, pool.id, input.GroupName)]
      for (const key of members) {
        const before = userAt(writer, pool, key)
        if (before === undefined) continue
        const groups = before.groups.filter((name) => name !== input.GroupName)
        replaceUser(writer, pool, before, { ...before, groups })
      }
      removeGroup(writer, pool.id, input.GroupName)
    })
    return {}
  },
})
