import type { CognitoContext } from '../context.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { checkAttributes } from '../pools/attributes.ts'
import { attributeOf, withAttributes, type User } from '../pools/user.ts'
import { replaceUser, userByName } from '../pools/user-store.ts'
import type { Attempt, AuthAnswer } from './attempt.ts'
import { afterPassword, missingAttributes } from './first-factor.ts'
import { required, type AuthParameters } from './parameters.ts'
import { useSession, type Session } from './session.ts'
import { makePassword, requireNotFormer, requirePolicy, withPassword } from './set-password.ts'

const attributePrefix = 'userAttributes.'

/** The user chooses a password instead of the temporary one, and adds what the pool requires. */
export async function answerNewPassword(
  ctx: CognitoContext,
  attempt: Attempt,
  session: Session,
  user: User,
  responses: AuthParameters,
): Promise<AuthAnswer> {
  const { pool } = attempt
  const password = required(responses, 'NEW_PASSWORD')
  const given = Object.entries(responses)
    .filter(([name]) => name.startsWith(attributePrefix))
    .map(([name, Value]) => ({ Name: name.slice(attributePrefix.length), Value }))
  requirePolicy(pool, password)
  checkAttributes(pool, given, { by: 'user', client: attempt.client })
  for (const name of missingAttributes(pool, user)) {
    if (!given.some((each) => each.Name === name)) {
      throw invalidParameter(`Invalid attributes given, ${name} is missing`)
    }
  }
  for (const { Name } of given) {
    if (attributeOf(user, Name) !== undefined && attributeOf(user, Name) !== valueIn(given, Name)) {
      throw notAuthorized(`Cannot modify an already provided ${Name}`)
    }
  }
  await requireNotFormer(ctx, pool, user, password)
  const stored = await makePassword(ctx, pool, user.username, password)
  await useSession(ctx, session)
  const changed = await ctx.store.write((writer) => {
    const before = userByName(writer, pool, user.username)
    if (before === undefined) throw notAuthorized('Invalid session for the user.')
    const { temporaryUntilMs: _, ...rest } = before
    const after: User = {
      ...rest,
      ...withPassword(pool, before, stored),
      attributes: withAttributes(before.attributes, given),
      status: 'CONFIRMED',
      modifiedMs: ctx.environment.clock.now(),
    }
    replaceUser(writer, pool, before, after)
    return after
  })
  return afterPassword(ctx, attempt, changed, 'TokenGeneration_NewPasswordChallenge')
}

const valueIn = (attributes: readonly { Name: string; Value: string }[], name: string) =>
  attributes.find((each) => each.Name === name)?.Value
