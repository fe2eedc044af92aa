import type { CognitoContext } from '../context.ts'
import { codeMismatch, notAuthorized } from '../errors.ts'
import { userKey } from '../pools/user-index.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { maskedDestination } from './deliver.ts'
import { recordFailure, requireUnlocked } from './lockout.ts'
import { pretendMessage } from './pretended-codes.ts'
import { pretendedPhone, pretendedUserId } from './pretended-user.ts'
import { sealSession, type Session } from './session.ts'
import { pretendedDelivery } from './verification.ts'

/** Asks a name that nobody has for the code of a message that nobody gets, as a user would be asked. */
export async function pretendOtp(
  ctx: CognitoContext,
  attempt: Attempt,
  name: string,
  challenge: 'EMAIL_OTP' | 'SMS_OTP',
): Promise<AuthAnswer> {
  const { pool, client } = attempt
  await pretendMessage(ctx, pool, name)
  const byMail = challenge === 'EMAIL_OTP'
  return {
    ChallengeName: challenge,
    Session: sealSession(ctx, attempt, { sub: '', username: name, challenges: [challenge] }),
    ChallengeParameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: byMail ? 'EMAIL' : 'SMS',
      CODE_DELIVERY_DESTINATION: byMail
        ? pretendedDelivery(ctx, client, name).Destination
        : maskedDestination('phone_number', pretendedPhone(ctx, pool, name)),
      USER_ID_FOR_SRP: pretendedUserId(ctx, pool, name),
    },
  }
}

/** Whether a session was made for a name that nobody has. */
export const isPretended = (session: Session): boolean => session.sub === ''

/** Refuses any code, and counts it, as a user's wrong one. @throws CodeMismatchException, NotAuthorizedException */
export async function refuseAnyCode(
  ctx: CognitoContext,
  { pool }: Attempt,
  { username }: Session,
  name: string,
): Promise<never> {
  const names = [username, pretendedUserId(ctx, pool, username)].map((each) => userKey(pool, each))
  if (!names.includes(userKey(pool, name))) throw notAuthorized('Invalid session for the user.')
  requireUnlocked(ctx, pool, username)
  await recordFailure(ctx, pool, username)
  throw codeMismatch('Invalid code or auth state for the user.')
}
