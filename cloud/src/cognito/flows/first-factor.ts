import type { CognitoContext } from '../context.ts'
import { notAuthorized, passwordResetRequired, userNotConfirmed } from '../errors.ts'
import type { Pool } from '../pools/pool.ts'
import { attributeOf, type User } from '../pools/user.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { completeSignIn } from './complete.ts'
import { mfaChallenge } from './mfa.ts'
import { sealSession } from './session.ts'

/** The first factor is right: what comes next for this user, a challenge or the tokens. */
export async function afterFirstFactor(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  options: { readonly secondFactor: boolean } = { secondFactor: true },
): Promise<AuthAnswer> {
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(ctx, attempt, user)
  return options.secondFactor
    ? afterPassword(ctx, attempt, user)
    : completeSignIn(ctx, attempt, user)
}

/** The second factor where the pool or the user asks for one, otherwise the tokens. */
export async function afterPassword(
  ctx: CognitoContext,
  attempt: Attempt,
  user: User,
  occasion: Parameters<typeof completeSignIn>[3] = 'TokenGeneration_Authentication',
): Promise<AuthAnswer> {
  return (await mfaChallenge(ctx, attempt, user)) ?? completeSignIn(ctx, attempt, user, occasion)
}

function newPasswordChallenge(ctx: CognitoContext, attempt: Attempt, user: User): AuthAnswer {
  const nowMs = ctx.environment.clock.now()
  if (user.temporaryUntilMs !== undefined && user.temporaryUntilMs <= nowMs) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.')
  }
  const missing = missingAttributes(attempt.pool, user)
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: sealSession(ctx, attempt, {
      sub: user.sub,
      username: user.username,
      challenges: ['NEW_PASSWORD_REQUIRED'],
    }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(
        Object.fromEntries(user.attributes.map(({ Name, Value }) => [Name, Value])),
      ),
    },
  }
}

/** Required attributes that an administrator did not give: the user adds them with the new password. */
export const missingAttributes = (pool: Pool, user: User): string[] =>
  pool.settings.SchemaAttributes.filter(
    ({ Name, Required }) => Required && attributeOf(user, Name) === undefined,
  ).map(({ Name }) => Name)
