import type { CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import type { User } from '../pools/user.ts'
import { findUser, userBySub } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { answerPassword, answerSelectChallenge } from './choice-auth.ts'
import { completeSignIn } from './complete.ts'
import { answerCustom, answerVerifierInCustom, isCustom } from './custom-auth.ts'
import { afterFirstFactor } from './first-factor.ts'
import { answerSelectMfa, checkSentCode, checkTotp } from './mfa.ts'
import { answerMfaSetup } from './mfa-setup.ts'
import { answerNewPassword } from './new-password.ts'
import { isFirstFactor } from './otp.ts'
import { given, required, type AuthParameters } from './parameters.ts'
import { isPretended, refuseAnyCode } from './pretended-otp.ts'
import { requireSecretHash } from './secret-hash.ts'
import { openSession, type Session } from './session.ts'
import { finishSrp } from './srp.ts'

/** Goes on with a sign-in ("RespondToAuthChallenge", ChallengeName). */
export async function respond(
  ctx: CognitoContext,
  attempt: Attempt,
  challenge: string,
  sessionText: string | undefined,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(responses, 'USERNAME')
  requireSecretHash(attempt.client, name, given(responses, 'SECRET_HASH'))
  // The one challenge that works without a session: its secret block is one.
  if (challenge === 'PASSWORD_VERIFIER') {
    const session =
      sessionText === undefined ? undefined : openSession(ctx, attempt, sessionText, challenge)
    if (session !== undefined && isCustom(session)) {
      return answerVerifierInCustom(ctx, attempt, session, responses)
    }
    return afterFirstFactor(ctx, attempt, await finishSrp(ctx, attempt, responses))
  }
  const session = openSession(ctx, attempt, sessionText, challenge)
  switch (challenge) {
    case 'SELECT_CHALLENGE':
      return answerSelectChallenge(ctx, attempt, session, responses)
    case 'PASSWORD':
      return answerPassword(ctx, attempt, session, responses)
    case 'CUSTOM_CHALLENGE':
      return answerCustom(ctx, attempt, session, responses)
    default:
      return respondAs(ctx, attempt, challenge, session, responses)
  }
}

/** Challenges that ask for something only the user has: codes, and what follows the password. */
async function respondAs(
  ctx: CognitoContext,
  attempt: Attempt,
  challenge: string,
  session: Session,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(responses, 'USERNAME')
  if (isPretended(session)) {
    required(responses, `${challenge}_CODE`)
    return refuseAnyCode(ctx, attempt, session, name)
  }
  const user = requireSameUser(ctx, attempt, session, name)
  switch (challenge) {
    case 'NEW_PASSWORD_REQUIRED':
      return answerNewPassword(ctx, attempt, session, user, responses)
    case 'SOFTWARE_TOKEN_MFA': {
      const code = required(responses, 'SOFTWARE_TOKEN_MFA_CODE')
      await checkTotp(ctx, attempt, session, user, code)
      return completeSignIn(ctx, attempt, user)
    }
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'EMAIL_OTP': {
      const code = required(responses, `${challenge}_CODE`)
      await checkSentCode(ctx, attempt, session, user, code)
      return isFirstFactor(session)
        ? afterFirstFactor(ctx, attempt, user, { secondFactor: false })
        : completeSignIn(ctx, attempt, user)
    }
    case 'SELECT_MFA_TYPE':
      return answerSelectMfa(ctx, attempt, session, user, responses)
    case 'MFA_SETUP':
      return answerMfaSetup(ctx, attempt, session, user)
    default:
      throw invalidParameter(`${challenge} is not a challenge that can be answered here.`)
  }
}

/** The user of a session, if the answer names the same one. */
function requireSameUser(
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
