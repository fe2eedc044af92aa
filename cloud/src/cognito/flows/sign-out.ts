import type { CognitoContext } from '../context.ts'
import type { User } from '../pools/user.ts'

/**
 * Ends every sign-in that began until now. Successive sign-outs move on by at least a millisecond, so that a
 * sign-in after the first of two in the same millisecond is ended by the second.
 */
export const signedOutNow =
  (ctx: CognitoContext) =>
  (before: User): Partial<User> => ({
    signedOutMs: Math.max(ctx.environment.clock.now(), (before.signedOutMs ?? 0) + 1),
  })
