import { map, optional, text } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { sendCode } from '../flows/verification.ts'
import { attributeOf } from '../pools/user.ts'
import { attributeName, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** Sends a code that proves an address of the caller. */
export const getUserAttributeVerificationCode = operation('GetUserAttributeVerificationCode', {
  input: {
    AccessToken: tokenModel,
    AttributeName: attributeName,
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, user, clientId } = callerOf(ctx, input.AccessToken)
    const attribute = input.AttributeName
    if (attribute !== 'email' && attribute !== 'phone_number') {
      throw invalidParameter(`Invalid attribute name: ${attribute}`)
    }
    const waiting = user.awaiting?.findLast(({ Name }) => Name === attribute)?.Value
    const destination = waiting ?? attributeOf(user, attribute)
    if (destination === undefined) {
      throw invalidParameter(`User does not have a ${attribute} attribute`)
    }
    const details = await sendCode(ctx, {
      pool,
      user,
      clientId,
      attribute,
      destination,
      purpose: attribute,
      occasion: 'VerifyUserAttribute',
      clientMetadata: input.ClientMetadata ?? {},
    })
    return { CodeDeliveryDetails: details }
  },
})
