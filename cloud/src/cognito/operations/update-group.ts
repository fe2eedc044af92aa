import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { putGroup, shownGroup } from '../pools/group-store.ts'
import { requireGroup } from '../require-group.ts'
import { arn, description, groupName, precedence, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Changes what is given of a group; the rest stays. */
export const updateGroup = operation('UpdateGroup', {
  input: {
    GroupName: groupName,
    UserPoolId: userPoolId,
    Description: optional(description),
    RoleArn: optional(arn),
    Precedence: optional(precedence),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const nowMs = ctx.environment.clock.now()
    const group = await ctx.store.write((writer) => {
      const before = requireGroup(writer, pool, input.GroupName)
      const after = {
        ...before,
        description: input.Description ?? before.description,
        roleArn: input.RoleArn ?? before.roleArn,
        precedence: input.Precedence ?? before.precedence,
        modifiedMs: nowMs,
      }
      putGroup(writer, pool.id, after)
      return after
    })
    return { Group: shownGroup(pool.id, group) }
  },
})
