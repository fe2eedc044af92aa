import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { attributesWithout } from '../flows/delete-attributes.ts'
import { attributeNameList, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Removes attributes of a user. */
export const adminDeleteUserAttributes = operation('AdminDeleteUserAttributes', {
  input: { UserPoolId: userPoolId, Username: username, UserAttributeNames: attributeNameList },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    await changeUser(ctx, pool, user.username, (before) => ({
      attributes: attributesWithout(pool, before, input.UserAttributeNames),
    }))
    return {}
  },
})
