import { byRoute, env, httpHandler, ok } from '@cloudlet/kit'
import { Confirm, OfUser, SignUp } from '../domain/requests.ts'
import { identityClient } from '../store/client.ts'
import { registration } from '../store/registration.ts'

const people = registration(identityClient(), env('CLIENT_ID'))

export const handler = byRoute({
  'POST /users/signup': httpHandler({ body: SignUp }, async ({ body }) =>
    ok(await people.signUp(body)),
  ),

  'PUT /users/confirm': httpHandler({ body: Confirm }, async ({ body }) =>
    ok(await people.confirm(body.username, body.confirmation_code)),
  ),

  'POST /users/resend-code': httpHandler({ body: OfUser }, async ({ body }) =>
    ok(await people.resendCode(body.username)),
  ),
})
