import { requirePool } from '../context.ts'
import { shownMfaConfig } from '../pools/mfa-config.ts'
import { operation } from './operation.ts'
import { userPoolId } from './shapes.ts'

/** Which second factors a pool has, and whether they are required. */
export const getUserPoolMfaConfig = operation('GetUserPoolMfaConfig', {
  input: { UserPoolId: userPoolId },
  run: (ctx, input) => shownMfaConfig(requirePool(ctx, input.UserPoolId)),
})
