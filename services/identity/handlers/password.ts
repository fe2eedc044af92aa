import { byRoute, env, httpHandler, ok } from '@cloudlet/kit'
import { ConfirmPassword, OfUser } from '../domain/requests.ts'
import { identityClient } from '../store/client.ts'
import { forgottenPassword } from '../store/forgotten-password.ts'

const forgotten = forgottenPassword(identityClient(), env('CLIENT_ID'), env('DELIVERY_KEY'))

export const handler = byRoute({
  'PUT /users/forget-pwd': httpHandler({ body: OfUser }, async ({ body }) =>
    ok(await forgotten.sendCode(body.username)),
  ),

  'PUT /users/confirm-pwd': httpHandler({ body: ConfirmPassword }, async ({ body }) =>
    ok(await forgotten.confirm(body.username, body.verification_code, body.new_pwd)),
  ),
})
