import { requirePool } from '../context.ts'
import { requireResourceServer } from '../pools/resource-servers.ts'
import { operation } from './operation.ts'
import { resourceServerIdentifier, userPoolId } from './shapes.ts'

/** An API and its scopes. */
export const describeResourceServer = operation('DescribeResourceServer', {
  input: { UserPoolId: userPoolId, Identifier: resourceServerIdentifier },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    return { ResourceServer: requireResourceServer(ctx.store.reader, pool.id, input.Identifier) }
  },
})
