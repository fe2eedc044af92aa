import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { openPageToken, pageOf } from '../pools/paging.ts'
import { usersPerPageMax } from '../limits.ts'
import { operation } from './operation.ts'
import { paginationKey, clientsLimit, userPoolId } from './shapes.ts'

/** A pool's app clients in order of their ids. */
export const listUserPoolClients = operation('ListUserPoolClients', {
  input: {
    UserPoolId: userPoolId,
    MaxResults: optional(clientsLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const page = pageOf(
      ctx.pools.clientsOf(ctx.store.reader, pool.id, openPageToken(input.NextToken)),
      input.MaxResults ?? usersPerPageMax,
      ({ ClientId }) => ClientId,
    )
    return {
      UserPoolClients: page.items.map(({ ClientId, ClientName, UserPoolId }) => ({
        ClientId,
        UserPoolId,
        ClientName,
      })),
      NextToken: page.next,
    }
  },
})
