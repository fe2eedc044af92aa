import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { putResourceServer, requireResourceServer } from '../pools/resource-servers.ts'
import { operation } from './operation.ts'
import {
  resourceServerIdentifier,
  resourceServerName,
  resourceServerScopeList,
  userPoolId,
} from './shapes.ts'

/** Replaces an API's name and scopes. */
export const updateResourceServer = operation('UpdateResourceServer', {
  input: {
    UserPoolId: userPoolId,
    Identifier: resourceServerIdentifier,
    Name: resourceServerName,
    Scopes: optional(resourceServerScopeList),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const server = { ...input, Scopes: input.Scopes ?? [] }
    await ctx.store.write((writer) => {
      requireResourceServer(writer, pool.id, input.Identifier)
      putResourceServer(writer, server)
    })
    return { ResourceServer: server }
  },
})
