import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { usersPerPageMax } from '../limits.ts'
import { openPageToken, pageOf } from '../pools/paging.ts'
import { shownUser } from '../pools/user.ts'
import { membersOf, userAt } from '../pools/user-store.ts'
import { requireGroup } from '../require-group.ts'
import { groupName, paginationKey, queryLimit, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** A group's members in order of their names. */
export const listUsersInGroup = operation('ListUsersInGroup', {
  input: {
    UserPoolId: userPoolId,
    GroupName: groupName,
    Limit: optional(queryLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const { reader } = ctx.store
    requireGroup(reader, pool, input.GroupName)
    const page = pageOf(
      membersOf(reader, pool.id, input.GroupName, openPageToken(input.NextToken)),
      input.Limit || usersPerPageMax,
      (key) => key,
    )
    const users = page.items.flatMap((key) => userAt(reader, pool, key) ?? [])
    return { Users: users.map(shownUser), NextToken: page.next }
  },
})
