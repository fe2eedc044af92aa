import { optional } from '../../kernel/index.ts'
import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { groupsOfUser } from '../flows/complete.ts'
import { usersPerPageMax } from '../limits.ts'
import { byPrecedence, shownGroup } from '../pools/group-store.ts'
import { openPageToken, pageOf } from '../pools/paging.ts'
import { operation } from './operation.ts'
import { paginationKey, queryLimit, userPoolId, username } from './shapes.ts'

/** A user's groups by precedence. */
export const adminListGroupsForUser = operation('AdminListGroupsForUser', {
  input: {
    Username: username,
    UserPoolId: userPoolId,
    Limit: optional(queryLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    const groups = groupsOfUser(ctx, pool, user).sort(byPrecedence)
    const after = openPageToken(input.NextToken)
    const start = after === undefined ? 0 : groups.findIndex(({ name }) => name === after) + 1
    const page = pageOf(groups.slice(start), input.Limit || usersPerPageMax, ({ name }) => name)
    return { Groups: page.items.map((group) => shownGroup(pool.id, group)), NextToken: page.next }
  },
})
