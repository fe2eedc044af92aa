import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { expiredCode, userNotFound } from '../errors.ts'
import { redeemCode, requireCode } from '../flows/codes.ts'
import { clearFailures } from '../flows/lockout.ts'
import { postConfirmation } from '../flows/new-user.ts'
import { pretendRedeeming } from '../flows/pretended-codes.ts'
import { requireSecretHash } from '../flows/secret-hash.ts'
import {
  makePassword,
  requireNotFormer,
  requirePolicy,
  withPassword,
} from '../flows/set-password.ts'
import { findUser } from '../pools/user-store.ts'
import { clientId, confirmationCode, password, secretHash, username } from './shapes.ts'
import { operation } from './operation.ts'

/** A code and a new password end a forgotten password. */
export const confirmForgotPassword = operation('ConfirmForgotPassword', {
  input: {
    ClientId: clientId,
    SecretHash: optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    Password: password,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    requireSecretHash(client, input.Username, input.SecretHash)
    const user = findUser(ctx.store.reader, pool, input.Username)
    const hides = client.PreventUserExistenceErrors === 'ENABLED'
    if (user === undefined && !hides) {
      throw userNotFound('Username/client id combination not found.')
    }
    requirePolicy(pool, input.Password)
    const sent = user?.codes['reset']
    const expired = sent === undefined || sent.untilMs <= ctx.environment.clock.now()
    if (user === undefined || (hides && (!user.enabled || expired))) {
      return pretendRedeeming(ctx, pool, input.Username)
    }
    if (expired) throw expiredCode()
    const { ConfirmationCode: code } = input
    const given = { pool, username: user.username, purpose: 'reset', code } as const
    // First of all: without the code nobody learns which passwords the user has had, or makes this hash one.
    await requireCode(ctx, given)
    await requireNotFormer(ctx, pool, user, input.Password)
    const stored = await makePassword(ctx, pool, user.username, input.Password)
    const changed = await redeemCode(ctx, given, (before) => ({
      ...withPassword(pool, before, stored),
      status: 'CONFIRMED',
    }))
    await clearFailures(ctx, pool, user.username)
    const where = { pool, clientId: client.ClientId }
    const source = 'PostConfirmation_ConfirmForgotPassword'
    await postConfirmation(ctx, where, changed, source, input.ClientMetadata ?? {})
    return {}
  },
})
