import { callerOf } from '../context.ts'
import { invalidParameter } from '../errors.ts'
import { redeemCode } from '../flows/codes.ts'
import { withAttributes } from '../pools/user.ts'
import { attributeName, confirmationCode, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** A code proves an address of the caller; one that waited takes its place. */
export const verifyUserAttribute = operation('VerifyUserAttribute', {
  input: { AccessToken: tokenModel, AttributeName: attributeName, Code: confirmationCode },
  async run(ctx, input) {
    const { pool, user } = callerOf(ctx, input.AccessToken)
    const attribute = input.AttributeName
    if (attribute !== 'email' && attribute !== 'phone_number') {
      throw invalidParameter(`Invalid attribute name: ${attribute}`)
    }
    const given = { pool, username: user.username, purpose: attribute, code: input.Code } as const
    await redeemCode(ctx, given, (before, pending) => ({
      attributes: withAttributes(before.attributes, [
        { Name: attribute, Value: pending.destination },
        { Name: `${attribute}_verified`, Value: 'true' },
      ]),
      awaiting: (before.awaiting ?? []).filter(({ Name }) => Name !== attribute),
    }))
    return {}
  },
})
