import { optional } from '../../kernel/index.ts'
import { associateSoftwareToken as associate, setupOf } from '../flows/mfa-setup.ts'
import { operation } from './operation.ts'
import { session, tokenModel } from './shapes.ts'

/** Begins to set up an authenticator app: a secret to scan. */
export const associateSoftwareToken = operation('AssociateSoftwareToken', {
  input: { AccessToken: optional(tokenModel), Session: optional(session) },
  run: (ctx, input) => associate(ctx, setupOf(ctx, input)),
})
