import type { CognitoContext } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { attributeOf, type User } from '../pools/user.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { codeMac, countSending, equalMacs, randomCode } from './codes.ts'
import { deliver, maskedDestination } from './deliver.ts'
import { sealSession, type Session } from './session.ts'

/** A code by text message or e-mail: as a second factor, or instead of a password. */
export type OtpChallenge = 'SMS_MFA' | 'SMS_OTP' | 'EMAIL_OTP'

/** Sends a code and asks for it. The session holds only the code's HMAC. */
export async function otpChallenge(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  challenge: OtpChallenge,
  factor: 'first' | 'second',
): Promise<AuthAnswer> {
  const { pool, client, clientMetadata } = attempt
  const attribute = challenge === 'EMAIL_OTP' ? 'email' : 'phone_number'
  const destination = attributeOf(user, attribute)
  if (destination === undefined) throw invalidParameter(`User has no ${attribute}.`)
  await countSending(ctx, pool, user)
  const code = randomCode(ctx)
  await deliver(ctx, {
    pool,
    user,
    attribute,
    destination,
    code,
    clientId: client.ClientId,
    occasion: 'Authentication',
    clientMetadata,
  })
  return {
    ChallengeName: challenge,
    Session: sealSession(ctx, attempt, {
      sub: user.sub,
      username: user.username,
      challenges: [challenge],
      state: { factor, mac: codeMac(ctx, `${user.sub}/otp`, code) },
    }),
    ChallengeParameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: attribute === 'email' ? 'EMAIL' : 'SMS',
      CODE_DELIVERY_DESTINATION: maskedDestination(attribute, destination),
      USER_ID_FOR_SRP: user.username,
    },
  }
}

export function isSentCode(
  ctx: CognitoContext,
  session: Session,
  user: User,
  code: string,
): boolean {
  const { mac } = session.state
  return typeof mac === 'string' && equalMacs(mac, codeMac(ctx, `${user.sub}/otp`, code))
}

/** Whether the code of a session stands for the password. */
export const isFirstFactor = (session: Session): boolean => session.state['factor'] === 'first'
