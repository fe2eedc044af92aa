import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { putResourceServer, resourceServer } from '../pools/resource-servers.ts'
import { operation } from './operation.ts'
import {
  resourceServerIdentifier,
  resourceServerName,
  resourceServerScopeList,
  userPoolId,
} from './shapes.ts'

/** Names an API and its scopes, which clients can be allowed to ask for. */
export const createResourceServer = operation('CreateResourceServer', {
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
      if (resourceServer(writer, pool.id, input.Identifier) !== undefined) {
        throw invalidParameter(`${input.Identifier} already exists in user pool ${pool.id}.`)
      }
      putResourceServer(writer, server)
    })
    return { ResourceServer: server }
  },
})
