import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { openPageToken, pageOf } from '../pools/paging.ts'
import { resourceServersOf, serversPerPageMax } from '../pools/resource-servers.ts'
import { listResourceServersLimit, paginationKey, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** A pool's APIs in order of their identifiers. */
export const listResourceServers = operation('ListResourceServers', {
  input: {
    UserPoolId: userPoolId,
    MaxResults: optional(listResourceServersLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const page = pageOf(
      resourceServersOf(ctx.store.reader, pool.id, openPageToken(input.NextToken)),
      input.MaxResults ?? serversPerPageMax,
      ({ Identifier }) => Identifier,
    )
    return { ResourceServers: page.items, NextToken: page.next }
  },
})
