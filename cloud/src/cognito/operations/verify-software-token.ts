import { optional, text } from '../../kernel/index.ts'
import { setupOf, verifySoftwareToken as verify } from '../flows/mfa-setup.ts'
import { operation } from './operation.ts'
import { session, softwareTokenMFAUserCode, tokenModel } from './shapes.ts'

/** The first code of an authenticator app. */
export const verifySoftwareToken = operation('VerifySoftwareToken', {
  input: {
    AccessToken: optional(tokenModel),
    Session: optional(session),
    UserCode: softwareTokenMFAUserCode,
    FriendlyDeviceName: optional(text),
  },
  run: (ctx, input) => verify(ctx, setupOf(ctx, input), input.UserCode),
})
