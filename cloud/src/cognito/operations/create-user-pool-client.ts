import { boolean, optional, randomLowerAlphanumeric } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { notFound } from '../errors.ts'
import { newClientSecret, clientOf, shownClient } from '../pools/client-settings.ts'
import { checkClient } from '../pools/check-client.ts'
import { clientName, clientSettings } from './client-shapes.ts'
import { clientSecret, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Makes an app client. */
export const createUserPoolClient = operation('CreateUserPoolClient', {
  input: {
    UserPoolId: userPoolId,
    ClientName: clientName,
    GenerateSecret: optional(boolean),
    ClientSecret: optional(clientSecret),
    ...clientSettings,
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const { ids, clock } = ctx.environment
    checkClient(ctx.store.reader, pool, input)
    const nowMs = clock.now()
    const client = clientOf(input, {
      ClientId: randomLowerAlphanumeric(ids, 26),
      ClientName: input.ClientName,
      ClientSecret:
        input.ClientSecret ?? (input.GenerateSecret === true ? newClientSecret(ids) : undefined),
      createdMs: nowMs,
      modifiedMs: nowMs,
    })
    await ctx.store.write((writer) => {
      if (ctx.pools.pool(writer, pool.id) === undefined) {
        throw notFound(`User pool ${pool.id} does not exist.`)
      }
      ctx.pools.putClient(writer, client)
    })
    return { UserPoolClient: shownClient(client) }
  },
})
