import { boolean, optional } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool } from '../context.ts'
import { clearFailures } from '../flows/lockout.ts'
import {
  makePassword,
  requireNotFormer,
  requirePolicy,
  withPassword,
} from '../flows/set-password.ts'
import { dayMs } from '../limits.ts'
import { operation } from './operation.ts'
import { password, userPoolId, username } from './shapes.ts'

/** Sets a user's password: for good, or for one sign-in that asks for another. */
export const adminSetUserPassword = operation('AdminSetUserPassword', {
  input: {
    UserPoolId: userPoolId,
    Username: username,
    Password: password,
    Permanent: optional(boolean),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const user = requireUser(ctx, pool, input.Username)
    requirePolicy(pool, input.Password)
    await requireNotFormer(ctx, pool, user, input.Password)
    const stored = await makePassword(ctx, pool, user.username, input.Password)
    const days = pool.settings.Policies.PasswordPolicy.TemporaryPasswordValidityDays
    const untilMs = ctx.environment.clock.now() + days * dayMs
    await changeUser(ctx, pool, user.username, (before) => ({
      ...withPassword(pool, before, stored),
      ...(input.Permanent === true
        ? { status: 'CONFIRMED' as const }
        : { status: 'FORCE_CHANGE_PASSWORD' as const, temporaryUntilMs: untilMs }),
    }))
    await clearFailures(ctx, pool, user.username)
    return {}
  },
})
