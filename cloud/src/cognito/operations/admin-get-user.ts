import { requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { shownMfa } from '../pools/mfa-settings.ts'
import { shownUser } from '../pools/user.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** A user, as an administrator sees it. */
export const adminGetUser = operation('AdminGetUser', {
  input: { UserPoolId: userPoolId, Username: username },
  run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    const { Attributes, ...rest } = shownUser(user)
    return { ...rest, UserAttributes: Attributes, ...shownMfa(pool, user) }
  },
})
