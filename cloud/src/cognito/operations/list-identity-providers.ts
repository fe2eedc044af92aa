import { optional } from '../../kernel/index.ts'
import { requirePool } from '../context.ts'
import { listProvidersLimit, paginationKey, userPoolId } from './shapes.ts'
import { operation } from './operation.ts'

/** A pool's outside identity providers: none can be added on this machine. */
export const listIdentityProviders = operation('ListIdentityProviders', {
  input: {
    UserPoolId: userPoolId,
    MaxResults: optional(listProvidersLimit),
    NextToken: optional(paginationKey),
  },
  run(ctx, input) {
    requirePool(ctx, input.UserPoolId)
    return { Providers: [] }
  },
})
