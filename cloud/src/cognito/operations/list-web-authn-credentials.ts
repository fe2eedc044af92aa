import { optional } from '../../kernel/index.ts'
import { callerOf } from '../context.ts'
import { longPaginationKey, tokenModel, webAuthnCredentialsQueryLimit } from './shapes.ts'
import { operation } from './operation.ts'

/** The caller's passkeys: none can be registered on this machine. */
export const listWebAuthnCredentials = operation('ListWebAuthnCredentials', {
  input: {
    AccessToken: tokenModel,
    NextToken: optional(longPaginationKey),
    MaxResults: optional(webAuthnCredentialsQueryLimit),
  },
  run(ctx, input) {
    callerOf(ctx, input.AccessToken)
    return { Credentials: [] }
  },
})
