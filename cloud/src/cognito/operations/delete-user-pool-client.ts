import { requireClient } from '../context.ts'
import { clientId, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Deletes an app client; its refresh tokens are worth nothing from then on. */
export const deleteUserPoolClient = operation('DeleteUserPoolClient', {
  input: { UserPoolId: userPoolId, ClientId: clientId },
  async run(ctx, input) {
    const { client } = requireClient(ctx, input.ClientId, input.UserPoolId)
    await ctx.store.write((writer) => ctx.pools.removeClient(writer, client))
    return {}
  },
})
