import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { notAuthorized } from '../errors.ts'
import { draftUser, postConfirmation, preSignUp } from '../flows/new-user.ts'
import { requireSecretHash } from '../flows/secret-hash.ts'
import { makePassword, requirePolicy } from '../flows/set-password.ts'
import { addressToVerify, sendCode } from '../flows/verification.ts'
import { invalidParameter, usernameExists } from '../errors.ts'
import { checkAttributes, checkRequired } from '../pools/attributes.ts'
import { withAttributes } from '../pools/user.ts'
import { findUser, insertUser } from '../pools/user-store.ts'
import { attributeList, clientId, password, secretHash, username } from './shapes.ts'
import { operation } from './operation.ts'

/** A person signs up; a code proves the address unless a trigger confirms at once. */
export const signUp = operation('SignUp', {
  input: {
    ClientId: clientId,
    SecretHash: optional(secretHash),
    Username: username,
    Password: optional(password),
    UserAttributes: optional(attributeList),
    ValidationData: optional(attributeList),
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    const { UserAttributes = [], ValidationData = [], ClientMetadata = {} } = input
    const where = { pool, clientId: client.ClientId }
    requireSecretHash(client, input.Username, input.SecretHash)
    if (pool.settings.AdminCreateUserConfig.AllowAdminCreateUserOnly) {
      throw notAuthorized('SignUp is not permitted for this user pool')
    }
    if (input.Password === undefined) throw invalidParameter('Password is required')
    requirePolicy(pool, input.Password)
    checkAttributes(pool, UserAttributes, { by: 'user', client })
    const draft = draftUser(ctx, pool, {
      username: input.Username,
      attributes: UserAttributes,
      status: 'UNCONFIRMED',
    })
    checkRequired(pool, draft.attributes)
    if (findUser(ctx.store.reader, pool, input.Username) !== undefined) throw usernameExists()
    const verdict = await preSignUp(ctx, where, draft, 'PreSignUp_SignUp', {
      validationData: ValidationData,
      clientMetadata: ClientMetadata,
    })
    const password = await makePassword(ctx, pool, draft.username, input.Password)
    const user = {
      ...draft,
      password,
      status: verdict.confirm ? ('CONFIRMED' as const) : draft.status,
      attributes: withAttributes(draft.attributes, verdict.verified),
    }
    await ctx.store.write((writer) => insertUser(writer, pool, user))
    if (verdict.confirm) {
      await postConfirmation(ctx, where, user, 'PostConfirmation_ConfirmSignUp', ClientMetadata)
      return { UserConfirmed: true, UserSub: user.sub }
    }
    const address = addressToVerify(pool, user)
    if (address === undefined) return { UserConfirmed: false, UserSub: user.sub }
    const details = await sendCode(ctx, {
      ...where,
      ...address,
      user,
      purpose: 'signup',
      occasion: 'SignUp',
      clientMetadata: ClientMetadata,
    })
    return { UserConfirmed: false, UserSub: user.sub, CodeDeliveryDetails: details }
  },
})
