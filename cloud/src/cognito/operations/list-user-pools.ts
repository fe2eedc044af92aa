import { optional } from '../../kernel/index.ts'
import { pageOf, openPageToken } from '../pools/paging.ts'
import { operation } from './operation.ts'
import { paginationKey, poolQueryLimit } from './shapes.ts'

/** The user pools in order of their ids. */
export const listUserPools = operation('ListUserPools', {
  input: { NextToken: optional(paginationKey), MaxResults: poolQueryLimit },
  run(ctx, input) {
    const after = openPageToken(input.NextToken)
    const page = pageOf(ctx.pools.pools(ctx.store.reader, after), input.MaxResults, ([id]) => id)
    return {
      UserPools: page.items.map(([, pool]) => ({
        Id: pool.id,
        Name: pool.settings.Name,
        LambdaConfig: pool.settings.LambdaConfig,
        LastModifiedDate: pool.modifiedMs / 1000,
        CreationDate: pool.createdMs / 1000,
      })),
      NextToken: page.next,
    }
  },
})
