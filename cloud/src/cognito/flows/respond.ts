import type { CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import type { User } from '../pools/user.ts'
import { findUser, userBySub } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { required, type AuthParameters } from './initiate.ts'
import { answerNewPassword } from './new-password.ts'
import { requireSecretHash } from './secret-hash.ts'
import { openSession, type Session } from './session.ts'

/** Goes on with a sign-in ("RespondToAuthChallenge", ChallengeName). */
export async function respond(
  ctx: CognitoContext,
  attempt: Attempt,
  challenge: string,
  sessionText: string | undefined,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(responses, 'USERNAME')
  requireSecretHash(attempt.client, name, responses['SECRET_HASH'])
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED': {
      const session = openSession(ctx, attempt, sessionText, challenge)
      const user = requireSameUser(ctx, attempt, session, name)
      return answerNewPassword(ctx, attempt, session, user, responses)
    }
    default:
      throw invalidParameter(`${challenge} is not a challenge that can be answered here.`)
  }
}

/** The user of a session, if the answer names the same one. */
export function requireSameUser(
  ctx: CognitoContext,
  { pool }: Attempt,
  session: Session,
  name: string,
): User {
  const named = findUser(ctx.store.reader, pool, name)
  const user = userBySub(ctx.store.reader, pool, session.sub)
  if (user === undefined || named?.sub !== user.sub) {
    throw notAuthorized('Invalid session for the user.')
  }
  if (!user.enabled) throw notAuthorized('User is disabled.')
  return user
}
