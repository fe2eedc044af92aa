import { requirePool } from '../context.ts'
import { removeResourceServer, requireResourceServer } from '../pools/resource-servers.ts'
import { operation } from './operation.ts'
import { resourceServerIdentifier, userPoolId } from './shapes.ts'

/** Deletes an API and its scopes. */
export const deleteResourceServer = operation('DeleteResourceServer', {
  input: { UserPoolId: userPoolId, Identifier: resourceServerIdentifier },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    await ctx.store.write((writer) => {
      requireResourceServer(writer, pool.id, input.Identifier)
      removeResourceServer(writer, pool.id, input.Identifier)
    })
    return {}
  },
})
