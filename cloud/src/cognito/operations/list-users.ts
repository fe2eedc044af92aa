import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { usersPerPageMax } from '../limits.ts'
import { openPageToken, pageToken } from '../pools/paging.ts'
import { shownUser } from '../pools/user.ts'
import { parseFilter } from '../pools/user-filter.ts'
import { searchUsers } from '../pools/user-search.ts'
import { operation } from './operation.ts'
import {
  queryLimit,
  searchPaginationToken,
  searchedAttributeNamesList,
  userFilter,
  userPoolId,
} from './shapes.ts'

/** The users of a pool, or those that a filter finds. */
export const listUsers = operation('ListUsers', {
  input: {
    UserPoolId: userPoolId,
    AttributesToGet: optional(searchedAttributeNamesList),
    Limit: optional(queryLimit),
    PaginationToken: optional(searchPaginationToken),
    Filter: optional(userFilter),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const after = openPageToken(input.PaginationToken)
    const page = searchUsers(ctx.store.reader, pool, {
      filter: parseFilter(input.Filter),
      limit: input.Limit || usersPerPageMax,
      ...(after === undefined ? {} : { after }),
    })
    const wanted = input.AttributesToGet
    return {
      Users: page.users.map((user) => {
        const shown = shownUser(user)
        if (wanted === undefined) return shown
        return {
          ...shown,
          Attributes: shown.Attributes.filter(({ Name }) => wanted.includes(Name)),
        }
      }),
      PaginationToken: page.next === undefined ? undefined : pageToken(page.next),
    }
  },
})
