import { map, optional, text } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { notAuthorized } from '../errors.ts'
import { postConfirmation } from '../flows/new-user.ts'
import { operation } from './operation.ts'
import { userPoolId, username } from './shapes.ts'

/** Confirms a sign-up without a code; addresses stay unproven. */
export const adminConfirmSignUp = operation('AdminConfirmSignUp', {
  input: { UserPoolId: userPoolId, Username: username, ClientMetadata: optional(map(text)) },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`)
    }
    const confirmed = await changeUser(ctx, pool, user.username, () => ({ status: 'CONFIRMED' }))
    const where = { pool, clientId: 'CLIENT_ID_NOT_APPLICABLE' }
    const source = 'PostConfirmation_ConfirmSignUp'
    await postConfirmation(ctx, where, confirmed, source, input.ClientMetadata ?? {})
    return {}
  },
})
