import { optional } from '../../kernel/index.ts'
import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { operation } from './operation.ts'
import { queryLimit, searchPaginationToken, userPoolId, username } from './shapes.ts'

/** A user's remembered devices: none, because sign-ins here hand out no device keys. */
export const adminListDevices = operation('AdminListDevices', {
  input: {
    UserPoolId: userPoolId,
    Username: username,
    Limit: optional(queryLimit),
    PaginationToken: optional(searchPaginationToken),
  },
  run(ctx, input) {
    requireUser(ctx, requirePool(ctx, input.UserPoolId), input.Username)
    return { Devices: [] }
  },
})
