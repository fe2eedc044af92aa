import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { usersPerPageMax } from '../limits.ts'
import { groupsOf, shownGroup } from '../pools/group-store.ts'
import { openPageToken, pageOf } from '../pools/paging.ts'
import { operation } from './operation.ts'
import { paginationKey, queryLimit, userPoolId } from './shapes.ts'

/** A pool's groups in order of their names. */
export const listGroups = operation('ListGroups', {
  input: {
    UserPoolId: userPoolId,
    Limit: optional(queryLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const page = pageOf(
      groupsOf(ctx.store.reader, pool.id, openPageToken(input.NextToken)),
      input.Limit || usersPerPageMax,
      ({ name }) => name,
    )
    return { Groups: page.items.map((group) => shownGroup(pool.id, group)), NextToken: page.next }
  },
})
