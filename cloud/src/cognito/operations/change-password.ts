import { optional } from '../../kernel/index.ts'
import { changeUser } from '../change-user.ts'
import { callerOf } from '../context.ts'
import { checkPassword } from '../flows/password.ts'
import {
  makePassword,
  requireNotFormer,
  requirePolicy,
  withPassword,
} from '../flows/set-password.ts'
import { requireClient } from '../context.ts'
import { operation } from './operation.ts'
import { password, tokenModel } from './shapes.ts'

/** A user who is signed in chooses another password. */
export const changePassword = operation('ChangePassword', {
  input: {
    PreviousPassword: optional(password),
    ProposedPassword: password,
    AccessToken: tokenModel,
  },
  async run(ctx, input) {
    const { pool, user, clientId } = callerOf(ctx, input.AccessToken)
    const { client } = requireClient(ctx, clientId)
    const attempt = { pool, client, admin: false, clientMetadata: {} }
    if (user.password !== undefined || input.PreviousPassword !== undefined) {
      await checkPassword(ctx, attempt, user.username, input.PreviousPassword ?? '')
    }
    requirePolicy(pool, input.ProposedPassword)
    await requireNotFormer(ctx, pool, user, input.ProposedPassword)
    const stored = await makePassword(ctx, pool, user.username, input.ProposedPassword)
    await changeUser(ctx, pool, user.username, (before) => withPassword(pool, before, stored))
    return {}
  },
})
