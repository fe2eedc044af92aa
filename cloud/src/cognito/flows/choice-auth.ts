import { findOrHide } from '../change-user.ts'
import type { CognitoContext } from '../context.ts'
import {
  invalidParameter,
  notAuthorized,
  passwordResetRequired,
  userNotConfirmed,
} from '../errors.ts'
import { canGive } from '../pools/mfa-settings.ts'
import type { MfaKind } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import { userBySub } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { afterFirstFactor } from './first-factor.ts'
import { otpChallenge } from './otp.ts'
import { given, required, type AuthParameters } from './parameters.ts'
import { checkPassword } from './password.ts'
import { pretendOtp } from './pretended-otp.ts'
import { pretendsToGet } from './pretended-user.ts'
import { sealSession, useSession, type Session } from './session.ts'
import { startSrp } from './srp.ts'
import { preAuthentication } from './triggers.ts'

/** Ways to begin a choice-based sign-in ("USER_AUTH"); passkeys are not offered here. */
type Choice = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP'

/** Begins a choice-based sign-in: with the preferred way if the user has it, or by asking which one. */
export async function startChoice(
  ctx: CognitoContext,
  attempt: Attempt,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  const name = required(parameters, 'USERNAME')
  const user = findOrHide(ctx, attempt, name)
  await preAuthentication(ctx, attempt, user, name)
  const offered = choicesOf(ctx, attempt, user, name)
  const preferred = offered.find((each) => each === given(parameters, 'PREFERRED_CHALLENGE'))
  if (preferred === undefined) {
    return {
      ChallengeName: 'SELECT_CHALLENGE',
      Session: sessionFor(ctx, attempt, user, name, 'SELECT_CHALLENGE'),
      ChallengeParameters: {},
      AvailableChallenges: offered,
    }
  }
  const answer = await choose(ctx, attempt, user, name, preferred, parameters)
  return answer.AuthenticationResult === undefined
    ? { ...answer, AvailableChallenges: offered }
    : answer
}

/** The user says which way, with what it needs at once. */
export async function answerSelectChallenge(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const user = userBySub(ctx.store.reader, attempt.pool, session.sub)
  const answer = required(responses, 'ANSWER')
  const choice = choicesOf(ctx, attempt, user, session.username).find((each) => each === answer)
  if (choice === undefined) throw invalidParameter(`Challenge ${answer} is not available.`)
  await useSession(ctx, session)
  return choose(ctx, attempt, user, session.username, choice, responses)
}

/** The password, when it was asked for by itself. */
export async function answerPassword(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const password = required(responses, 'PASSWORD')
  const user = await checkPassword(ctx, attempt, session.username, password)
  await useSession(ctx, session)
  return afterFirstFactor(ctx, attempt, user)
}

async function choose(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User | undefined,
  name: string,
  choice: Choice,
  parameters: AuthParameters,
): Promise<AuthAnswer> {
  switch (choice) {
    case 'PASSWORD': {
      const password = given(parameters, 'PASSWORD')
      if (password !== undefined) {
        const right = await checkPassword(ctx, attempt, name, password)
        return afterFirstFactor(ctx, attempt, right)
      }
      return {
        ChallengeName: 'PASSWORD',
        Session: sessionFor(ctx, attempt, user, name, 'PASSWORD'),
        ChallengeParameters: {},
      }
    }
    case 'PASSWORD_SRP':
      return startSrp(ctx, attempt, user, name, required(parameters, 'SRP_A'))
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      if (user === undefined) return pretendOtp(ctx, attempt, name, choice)
      requireReady(user)
      return otpChallenge(ctx, attempt, user, choice, 'first')
  }
}

/** @throws UserNotConfirmedException, PasswordResetRequiredException, NotAuthorizedException */
function requireReady(user: User): void {
  if (!user.enabled) throw notAuthorized('User is disabled.')
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
}

function choicesOf(
  ctx: CognitoContext,
  { pool }: Attempt,
  user: User | undefined,
  name: string,
): Choice[] {
  const allowed = pool.settings.Policies.SignInPolicy.AllowedFirstAuthFactors
  const can = (kind: MfaKind): boolean =>
    user === undefined ? pretendsToGet(ctx, pool, name, kind) : canGive(user, kind)
  const choices: Choice[] = []
  if (user === undefined || user.password !== undefined) choices.push('PASSWORD', 'PASSWORD_SRP')
  if (allowed.includes('EMAIL_OTP') && can('EMAIL_OTP')) choices.push('EMAIL_OTP')
  if (allowed.includes('SMS_OTP') && can('SMS_MFA')) choices.push('SMS_OTP')
  return choices
}

const sessionFor = (
  ctx: CognitoContext,
  attempt: Attempt,
  user: User | undefined,
  name: string,
  challenge: string,
): string =>
  sealSession(ctx, attempt, {
    sub: user?.sub ?? '',
    username: user?.username ?? name,
    challenges: [challenge],
  })
