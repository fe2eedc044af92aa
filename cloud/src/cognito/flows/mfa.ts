import { changeUser } from '../change-user.ts'
import type { CognitoContext } from '../context.ts'
import { codeMismatch, invalidParameter, notAuthorized } from '../errors.ts'
import { matchingStep } from '../passwords/totp.ts'
import { usableMfas } from '../pools/mfa-settings.ts'
import type { MfaKind } from '../pools/pool.ts'
import type { User } from '../pools/user.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { isSentCode, otpChallenge } from './otp.ts'
import { clearFailures, recordFailure, requireUnlocked } from './lockout.ts'
import { required, type AuthParameters } from './parameters.ts'
import { sealSession, useSession, type Session } from './session.ts'

/** The second factor that this user has to give, or undefined. */
export async function mfaChallenge(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
): Promise<AuthAnswer | undefined> {
  const { pool } = attempt
  if (pool.settings.MfaConfiguration === 'OFF') return undefined
  const usable = usableMfas(pool, user)
  const { preferred } = user.mfa
  if (preferred !== undefined && usable.includes(preferred)) {
    return challengeOf(ctx, attempt, user, preferred)
  }
  const [only, another] = usable
  if (only === undefined) {
    return pool.settings.MfaConfiguration === 'ON' ? setupChallenge(ctx, attempt, user) : undefined
  }
  if (another === undefined) return challengeOf(ctx, attempt, user, only)
  return {
    ChallengeName: 'SELECT_MFA_TYPE',
    Session: sealSession(ctx, attempt, { ...ofUser(user), challenges: ['SELECT_MFA_TYPE'] }),
    ChallengeParameters: {
      MFAS_CAN_CHOOSE: JSON.stringify(usable),
      USER_ID_FOR_SRP: user.username,
    },
  }
}

const ofUser = (user: User) => ({ sub: user.sub, username: user.username })

function setupChallenge(ctx: CognitoContext, attempt: Attempt, user: User): AuthAnswer {
  const kinds = attempt.pool.settings.EnabledMfas
  if (!kinds.includes('SOFTWARE_TOKEN_MFA')) {
    throw notAuthorized('User has no second factor, and the user pool allows none to be set up.')
  }
  return {
    ChallengeName: 'MFA_SETUP',
    Session: sealSession(ctx, attempt, { ...ofUser(user), challenges: ['MFA_SETUP'] }),
    ChallengeParameters: {
      MFAS_CAN_SETUP: JSON.stringify(['SOFTWARE_TOKEN_MFA']),
      USER_ID_FOR_SRP: user.username,
    },
  }
}

async function challengeOf(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  kind: MfaKind,
): Promise<AuthAnswer> {
  if (kind !== 'SOFTWARE_TOKEN_MFA') return otpChallenge(ctx, attempt, user, kind, 'second')
  return {
    ChallengeName: kind,
    Session: sealSession(ctx, attempt, { ...ofUser(user), challenges: [kind] }),
    ChallengeParameters: { USER_ID_FOR_SRP: user.username },
  }
}

/** The user chooses among several second factors. */
export async function answerSelectMfa(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  user: User,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const answer = required(responses, 'ANSWER')
  const chosen = usableMfas(attempt.pool, user).find((kind) => kind === answer)
  if (chosen === undefined) throw invalidParameter(`${answer} cannot be chosen.`)
  await useSession(ctx, session)
  return challengeOf(ctx, attempt, user, chosen)
}

/** Checks the code of an authenticator app; a code counts once. @throws CodeMismatchException */
export async function checkTotp(
  ctx: CognitoContext,
  { pool }: Attempt,
  session: Session,
  user: User,
  code: string,
): Promise<void> {
  requireUnlocked(ctx, pool, user.username)
  const secret = totpSecret(ctx, user)
  const nowMs = ctx.environment.clock.now()
  const step =
    secret === undefined ? undefined : matchingStep(secret, code, nowMs, user.totp?.lastStep)
  if (step === undefined) {
    await recordFailure(ctx, pool, user.username)
    throw codeMismatch('Invalid code received for user')
  }
  await useSession(ctx, session)
  await changeUser(ctx, pool, user.username, ({ totp }) => {
    if (totp === undefined || (totp.lastStep ?? -1) >= step) {
      throw codeMismatch('Invalid code received for user')
    }
    return { totp: { ...totp, lastStep: step } }
  })
  await clearFailures(ctx, pool, user.username)
}

export const totpSecret = (ctx: CognitoContext, user: User): Buffer | undefined =>
  user.totp?.verified === true ? ctx.sealer.open('totp', user.totp.sealed, user.sub) : undefined

/** Checks a code that was sent by text message or e-mail for this session. @throws CodeMismatchException */
export async function checkSentCode(
  ctx: CognitoContext,
  { pool }: Attempt,
  session: Session,
  user: User,
  code: string,
): Promise<void> {
  requireUnlocked(ctx, pool, user.username)
  if (!isSentCode(ctx, session, user, code)) {
    await recordFailure(ctx, pool, user.username)
    throw codeMismatch('Invalid code or auth state for the user.')
  }
  await useSession(ctx, session)
  await clearFailures(ctx, pool, user.username)
}
