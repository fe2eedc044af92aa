import { map, optional, text } from '../../kernel/index.ts'
import { changeUser } from '../change-user.ts'
import { callerOf, requireClient } from '../context.ts'
import { changedAttributes, sendAttributeCodes } from '../flows/update-attributes.ts'
import { checkAttributes, checkMutable } from '../pools/attributes.ts'
import { attributeList, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** A user changes their own attributes; a new address gets a code. */
export const updateUserAttributes = operation('UpdateUserAttributes', {
  input: {
    UserAttributes: attributeList,
    AccessToken: tokenModel,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, user, clientId } = callerOf(ctx, input.AccessToken)
    const { client } = requireClient(ctx, clientId)
    checkAttributes(pool, input.UserAttributes, { by: 'user', client })
    checkMutable(
      pool,
      input.UserAttributes.map(({ Name }) => Name),
    )
    const changed = await changeUser(ctx, pool, user.username, (before) =>
      changedAttributes(pool, before, input.UserAttributes),
    )
    const details = await sendAttributeCodes(ctx, {
      pool,
      user: changed,
      clientId,
      changed: input.UserAttributes,
      clientMetadata: input.ClientMetadata ?? {},
    })
    return { CodeDeliveryDetailsList: details }
  },
})
