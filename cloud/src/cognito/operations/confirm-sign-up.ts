import { boolean, map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { expiredCode, notAuthorized, userNotFound } from '../errors.ts'
import { redeemCode } from '../flows/codes.ts'
import { postConfirmation } from '../flows/new-user.ts'
import { requireSecretHash } from '../flows/secret-hash.ts'
import { verifiedFlag } from '../flows/verification.ts'
import { attributeOf, withAttributes } from '../pools/user.ts'
import { findUser } from '../pools/user-store.ts'
import { clientId, confirmationCode, secretHash, session, username } from './shapes.ts'
import { operation } from './operation.ts'

/** The code of a sign-up confirms the user and proves the address that it was sent to. */
export const confirmSignUp = operation('ConfirmSignUp', {
  input: {
    ClientId: clientId,
    SecretHash: optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    ForceAliasCreation: optional(boolean),
    ClientMetadata: optional(map(text)),
    Session: optional(session),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    requireSecretHash(client, input.Username, input.SecretHash)
    const user = findUser(ctx.store.reader, pool, input.Username)
    // "Managing user existence error responses": who has nothing to confirm is told what nobody would be.
    const hides = client.PreventUserExistenceErrors === 'ENABLED'
    if (hides && user?.status !== 'UNCONFIRMED') throw expiredCode()
    if (user === undefined) throw userNotFound('Username/client id combination not found.')
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`)
    }
    const confirmed = await redeemCode(
      ctx,
      { pool, username: user.username, purpose: 'signup', code: input.ConfirmationCode },
      (before, { destination }) => {
        const kind = attributeOf(before, 'email') === destination ? 'email' : 'phone_number'
        return {
          status: 'CONFIRMED',
          attributes: withAttributes(before.attributes, verifiedFlag(before, kind, destination)),
        }
      },
      { forceAlias: input.ForceAliasCreation === true },
    )
    const where = { pool, clientId: client.ClientId }
    const source = 'PostConfirmation_ConfirmSignUp'
    await postConfirmation(ctx, where, confirmed, source, input.ClientMetadata ?? {})
    return {}
  },
})
