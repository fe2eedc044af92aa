import { requirePool } from '../context.ts'
import { requireGroup } from '../require-group.ts'
import { shownGroup } from '../pools/group-store.ts'
import { groupName, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** One group. */
export const getGroup = operation('GetGroup', {
  input: { GroupName: groupName, UserPoolId: userPoolId },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    return { Group: shownGroup(pool.id, requireGroup(ctx.store.reader, pool, input.GroupName)) }
  },
})
