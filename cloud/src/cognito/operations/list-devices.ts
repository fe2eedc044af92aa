import { optional } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { operation } from './operation.ts'
import { queryLimit, searchPaginationToken, tokenModel } from './shapes.ts'

/** The caller's remembered devices: none, because sign-ins here hand out no device keys. */
export const listDevices = operation('ListDevices', {
  input: {
    AccessToken: tokenModel,
    Limit: optional(queryLimit),
    PaginationToken: optional(searchPaginationToken),
  },
  run(ctx, input) {
    callerOf(ctx, input.AccessToken)
    return { Devices: [] }
  },
})
