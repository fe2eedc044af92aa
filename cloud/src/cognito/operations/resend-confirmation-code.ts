import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { invalidParameter, userNotFound } from '../errors.ts'
import { pretendSending } from '../flows/pretended-codes.ts'
import { requireSecretHash } from '../flows/secret-hash.ts'
import { addressToVerify, pretendedDelivery, sendCode } from '../flows/verification.ts'
import type { User } from '../pools/user.ts'
import { findUser } from '../pools/user-store.ts'
import { clientId, secretHash, username } from './shapes.ts'
import { operation } from './operation.ts'

/** Sends the code of a sign-up once more; the one before is void. */
export const resendConfirmationCode = operation('ResendConfirmationCode', {
  input: {
    ClientId: clientId,
    SecretHash: optional(secretHash),
    Username: username,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    requireSecretHash(client, input.Username, input.SecretHash)
    const user = findUser(ctx.store.reader, pool, input.Username)
    const address = user === undefined ? undefined : addressToVerify(pool, user)
    // "Managing user existence error responses": who has no code to get, be it nobody, a disabled user or one who is
    // confirmed, gets the same answer as who has.
    const hides = client.PreventUserExistenceErrors === 'ENABLED'
    if (hides && (user?.enabled !== true || address === undefined || isConfirmed(user))) {
      await pretendSending(ctx, pool, input.Username, user)
      return { CodeDeliveryDetails: pretendedDelivery(ctx, client, input.Username, user) }
    }
    if (user === undefined) throw userNotFound('Username/client id combination not found.')
    if (isConfirmed(user)) throw invalidParameter('User is already confirmed.')
    if (address === undefined) {
      throw invalidParameter('Auto verification not turned on.')
    }
    const details = await sendCode(ctx, {
      ...address,
      pool,
      user,
      clientId: client.ClientId,
      purpose: 'signup',
      occasion: 'ResendCode',
      clientMetadata: input.ClientMetadata ?? {},
    })
    return { CodeDeliveryDetails: details }
  },
})

const isConfirmed = ({ status }: User): boolean => status !== 'UNCONFIRMED'
