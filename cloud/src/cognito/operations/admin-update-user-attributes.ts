import { map, optional, text } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { changedAttributes, sendAttributeCodes } from '../flows/update-attributes.ts'
import { checkAttributes, checkMutable } from '../pools/attributes.ts'
import { attributeList, userPoolId, username } from './shapes.ts'
import { operation } from './operation.ts'

/** An administrator changes attributes; a new address counts as proven only when the caller says so. */
export const adminUpdateUserAttributes = operation('AdminUpdateUserAttributes', {
  input: {
    UserPoolId: userPoolId,
    Username: username,
    UserAttributes: attributeList,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    checkAttributes(pool, input.UserAttributes, { by: 'admin' })
    checkMutable(
      pool,
      input.UserAttributes.map(({ Name }) => Name),
    )
    const changed = await changeUser(ctx, pool, user.username, (before) =>
      changedAttributes(pool, before, input.UserAttributes),
    )
    await sendAttributeCodes(ctx, {
      pool,
      user: changed,
      clientId: 'CLIENT_ID_NOT_APPLICABLE',
      changed: input.UserAttributes,
      clientMetadata: input.ClientMetadata ?? {},
    })
    return {}
  },
})
