import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { invalidParameter, notAuthorized, userNotFound } from '../errors.ts'
import { migrateUser } from '../flows/migration.ts'
import { pretendSending } from '../flows/pretended-codes.ts'
import { requireSecretHash } from '../flows/secret-hash.ts'
import { addressToRecover, pretendedDelivery, sendCode } from '../flows/verification.ts'
import { resetCodeMs } from '../limits.ts'
import type { User } from '../pools/user.ts'
import { findUser } from '../pools/user-store.ts'
import { clientId, secretHash, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Sends a code to a proven address of a user who forgot the password. */
export const forgotPassword = operation('ForgotPassword', {
  input: {
    ClientId: clientId,
    SecretHash: optional(secretHash),
    Username: username,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    requireSecretHash(client, input.Username, input.SecretHash)
    const clientMetadata = input.ClientMetadata ?? {}
    const user =
      findUser(ctx.store.reader, pool, input.Username) ??
      (await migrateUser(ctx, { pool, client, clientMetadata }, input.Username, undefined))
    const address = user === undefined ? undefined : addressToRecover(pool, user)
    // "Managing user existence error responses": whoever cannot reset gets the same answer as who can.
    const hides = client.PreventUserExistenceErrors === 'ENABLED'
    if (hides && (user?.enabled !== true || address === undefined || !canReset(user))) {
      await pretendSending(ctx, pool, input.Username, user)
      return { CodeDeliveryDetails: pretendedDelivery(ctx, client, input.Username, user) }
    }
    if (user === undefined) throw userNotFound('Username/client id combination not found.')
    if (!user.enabled) throw notAuthorized('User is disabled.')
    if (!canReset(user)) {
      throw notAuthorized('User password cannot be reset in the current state.')
    }
    if (address === undefined) {
      throw invalidParameter(
        'Cannot reset password for the user as there is no registered/verified email or phone_number',
      )
    }
    const details = await sendCode(ctx, {
      ...address,
      pool,
      user,
      clientId: client.ClientId,
      purpose: 'reset',
      occasion: 'ForgotPassword',
      clientMetadata,
      validMs: resetCodeMs,
    })
    return { CodeDeliveryDetails: details }
  },
})

const canReset = (user: User): boolean =>
  user.status === 'CONFIRMED' || user.status === 'RESET_REQUIRED' || user.status === 'UNCONFIRMED'
