import { optional } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { notFound } from '../errors.ts'
import { checkClient } from '../pools/check-client.ts'
import { clientOf, shownClient } from '../pools/client-settings.ts'
import { clientName, clientSettings } from './client-shapes.ts'
import { clientId, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** Replaces an app client's settings: what is not given goes back to its default, as on AWS. */
export const updateUserPoolClient = operation('UpdateUserPoolClient', {
  input: {
    UserPoolId: userPoolId,
    ClientId: clientId,
    ClientName: optional(clientName),
    ...clientSettings,
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId, input.UserPoolId)
    checkClient(ctx.store.reader, pool, input)
    const after = clientOf(input, {
      ClientId: client.ClientId,
      ClientName: input.ClientName ?? client.ClientName,
      ClientSecret: client.ClientSecret,
      createdMs: client.createdMs,
      modifiedMs: ctx.environment.clock.now(),
    })
    await ctx.store.write((writer) => {
      if (ctx.pools.client(writer, client.ClientId) === undefined) {
        throw notFound(`User pool client ${client.ClientId} does not exist.`)
      }
      ctx.pools.putClient(writer, after)
    })
    return { UserPoolClient: shownClient(after) }
  },
})
