import { requirePool } from '../context.ts'
import { removeDomain, requireDomain } from '../pools/domains.ts'
import { domain, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Takes a domain away from its pool. */
export const deleteUserPoolDomain = operation('DeleteUserPoolDomain', {
  input: { Domain: domain, UserPoolId: userPoolId },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    await ctx.store.write((writer) =>
      removeDomain(writer, requireDomain(writer, pool.id, input.Domain)),
    )
    return {}
  },
})
