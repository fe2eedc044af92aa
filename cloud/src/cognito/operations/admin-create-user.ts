import { AwsError, boolean, map, optional, text } from '../../kernel/index.ts'
import { changeUser, requireUser } from '../change-user.ts'
import { requirePool, type CognitoContext } from '../context.ts'
import { usernameExists } from '../errors.ts'
import { draftUser, preSignUp } from '../flows/new-user.ts'
import { sendInvitation, temporaryPassword } from '../flows/invitation.ts'
import { makePassword, requirePolicy, withPassword } from '../flows/set-password.ts'
import { dayMs } from '../limits.ts'
import { checkAttributes, checkRequired } from '../pools/attributes.ts'
import type { Pool } from '../pools/pool.ts'
import { shownUser, withAttributes, type User } from '../pools/user.ts'
import { findUser, insertUser } from '../pools/user-store.ts'

const clientId = 'CLIENT_ID_NOT_APPLICABLE'
import {
  attributeList,
  deliveryMediumList,
  messageAction,
  password,
  userPoolId,
  username,
} from './shapes.ts'
import { operation } from './operation.ts'

/** An administrator makes a user, who chooses a password at the first sign-in. */
export const adminCreateUser = operation('AdminCreateUser', {
  input: {
    UserPoolId: userPoolId,
    Username: username,
    UserAttributes: optional(attributeList),
    ValidationData: optional(attributeList),
    TemporaryPassword: optional(password),
    ForceAliasCreation: optional(boolean),
    MessageAction: optional(messageAction),
    DesiredDeliveryMediums: optional(deliveryMediumList),
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const pool = requirePool(ctx, input.UserPoolId)
    const { UserAttributes = [], ValidationData = [], ClientMetadata = {} } = input
    const password = input.TemporaryPassword ?? temporaryPassword(ctx, pool)
    requirePolicy(pool, password)
    if (input.MessageAction === 'RESEND') {
      const invited = await invitedAgain(ctx, pool, input.Username, password)
      await sendInvitation(ctx, { pool, user: invited, password, ...input })
      return { User: shownUser(invited) }
    }
    checkAttributes(pool, UserAttributes, { by: 'admin' })
    const draft = draftUser(ctx, pool, {
      username: input.Username,
      attributes: UserAttributes,
      status: 'FORCE_CHANGE_PASSWORD',
    })
    checkRequired(pool, draft.attributes)
    if (findUser(ctx.store.reader, pool, input.Username) !== undefined) {
      throw usernameExists('User account already exists')
    }
    const verdict = await preSignUp(ctx, { pool, clientId }, draft, 'PreSignUp_AdminCreateUser', {
      validationData: ValidationData,
      clientMetadata: ClientMetadata,
    })
    const user: User = {
      ...draft,
      attributes: withAttributes(draft.attributes, verdict.verified),
      password: await makePassword(ctx, pool, draft.username, password),
      temporaryUntilMs: temporaryUntilMs(ctx, pool),
    }
    const forceAlias = input.ForceAliasCreation === true
    await ctx.store.write((writer) => insertUser(writer, pool, user, { forceAlias }))
    if (input.MessageAction !== 'SUPPRESS') {
      await sendInvitation(ctx, { pool, user, password, ...input })
    }
    return { User: shownUser(user) }
  },
})

async function invitedAgain(
  ctx: CognitoContext,
  pool: Pool,
  name: string,
  password: string,
): Promise<User> {
  const user = requireUser(ctx, pool, name)
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new AwsError(
      'UnsupportedUserStateException',
      `Resend not possible. ${name} status is not FORCE_CHANGE_PASSWORD`,
    )
  }
  const stored = await makePassword(ctx, pool, user.username, password)
  return changeUser(ctx, pool, user.username, (before) => ({
    ...withPassword(pool, before, stored),
    temporaryUntilMs: temporaryUntilMs(ctx, pool),
  }))
}

const temporaryUntilMs = (ctx: CognitoContext, pool: Pool): number =>
  ctx.environment.clock.now() +
  pool.settings.Policies.PasswordPolicy.TemporaryPasswordValidityDays * dayMs
