import type { CognitoContext } from '../context.ts'
import { draftUser } from './new-user.ts'
import { makePassword } from './set-password.ts'
import { withAttributes, type User } from '../pools/user.ts'
import { insertUser, userByName } from '../pools/user-store.ts'
import type { Attempt } from './attempt.ts'
import { sendInvitation } from './invitation.ts'
import { callIfSet } from './triggers.ts'

/**
 * A name that the pool does not know may be known to an older directory ("Migrate user Lambda trigger"): if the
 * function says so, the user is made here, with the password just given when that was checked there.
 */
export async function migrateUser(
  ctx: CognitoContext,
  attempt: Pick<Attempt, 'pool' | 'client' | 'clientMetadata'>,
  name: string,
  password: string | undefined,
): Promise<User | undefined> {
  const { pool, client, clientMetadata } = attempt
  if (pool.settings.LambdaConfig.UserMigration === undefined) return undefined
  const occasion = password === undefined ? 'ForgotPassword' : 'Authentication'
  const response = await callIfSet(ctx, { pool, clientId: client.ClientId }, 'UserMigration', {
    userName: name,
    triggerSource: `UserMigration_${occasion}`,
    request: {
      ...(password === undefined ? {} : { password }),
      validationData: clientMetadata,
      clientMetadata,
    },
    response: {
      userAttributes: null,
      forceAliasCreation: null,
      finalUserStatus: null,
      messageAction: null,
      desiredDeliveryMediums: null,
    },
    // A function that does not know the user throws: to the caller the user does not exist.
  }).catch(() => undefined)
  const given = response?.['userAttributes']
  if (typeof given !== 'object' || given === null) return undefined
  const attributes = Object.entries(given).flatMap(([Name, Value]) =>
    typeof Value === 'string' && Name !== 'username' && Name !== 'sub' ? [{ Name, Value }] : [],
  )
  const draft = draftUser(ctx, pool, {
    username: name,
    attributes,
    status: 'FORCE_CHANGE_PASSWORD',
  })
  const confirmed = response?.['finalUserStatus'] === 'CONFIRMED' && password !== undefined
  const user: User = {
    ...draft,
    attributes: withAttributes(draft.attributes, attributes),
    status: confirmed ? 'CONFIRMED' : 'RESET_REQUIRED',
    ...(password === undefined
      ? {}
      : { password: await makePassword(ctx, pool, draft.username, password) }),
  }
  const forceAlias = response?.['forceAliasCreation'] === true
  await ctx.store.write((writer) => {
    if (userByName(writer, pool, user.username) === undefined) {
      insertUser(writer, pool, user, { forceAlias })
    }
  })
  if (response?.['messageAction'] !== 'SUPPRESS' && password !== undefined && !confirmed) {
    await sendInvitation(ctx, { pool, user, password })
  }
  return user
}
