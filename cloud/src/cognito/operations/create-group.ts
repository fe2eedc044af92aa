import { AwsError, optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { groupOf, putGroup, shownGroup } from '../pools/group-store.ts'
import { arn, description, groupName, precedence, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Makes a group. */
export const createGroup = operation('CreateGroup', {
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
    const group = {
      name: input.GroupName,
      description: input.Description,
      roleArn: input.RoleArn,
      precedence: input.Precedence,
      createdMs: nowMs,
      modifiedMs: nowMs,
    }
    await ctx.store.write((writer) => {
      if (groupOf(writer, pool.id, group.name) !== undefined) {
        throw new AwsError('GroupExistsException', 'A group with the name already exists.')
      }
      putGroup(writer, pool.id, group)
    })
    return { Group: shownGroup(pool.id, group) }
  },
})
