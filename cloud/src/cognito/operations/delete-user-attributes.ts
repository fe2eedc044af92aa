import { changeUser } from '../change-user.ts'
import { callerOf, requireClient } from '../context.ts'
import { attributesWithout } from '../flows/delete-attributes.ts'
import { checkAttributes } from '../pools/attributes.ts'
import { attributeNameList, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** A user removes attributes of their own. */
export const deleteUserAttributes = operation('DeleteUserAttributes', {
  input: { UserAttributeNames: attributeNameList, AccessToken: tokenModel },
  async run(ctx, input) {
    const { pool, user, clientId } = callerOf(ctx, input.AccessToken)
    const { client } = requireClient(ctx, clientId)
    const named = input.UserAttributeNames.map((Name) => ({ Name }))
    checkAttributes(pool, named, { by: 'user', client })
    await changeUser(ctx, pool, user.username, (before) => ({
      attributes: attributesWithout(pool, before, input.UserAttributeNames),
    }))
    return {}
  },
})
