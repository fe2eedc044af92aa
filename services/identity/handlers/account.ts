import { byRoute, httpHandler, ok } from '@cloudlet/kit'
import { bearerToken } from '../domain/bearer-token.ts'
import { ChangePassword, OfToken, Update, Verify, VerifyCode } from '../domain/requests.ts'
import { account } from '../store/account.ts'
import { identityClient } from '../store/client.ts'

const own = account(identityClient())

export const handler = byRoute({
  'GET /users/me': httpHandler({}, async ({ headers }) =>
    ok(await own.me(bearerToken(headers['authorization']))),
  ),

  'PUT /users/update': httpHandler({ body: Update }, async ({ body }) =>
    ok(await own.update(body.access_token, body.attributes)),
  ),

  'PUT /users/verify-code': httpHandler({ body: VerifyCode }, async ({ body }) =>
    ok(await own.sendCode(body.access_token, body.attribute)),
  ),

  'PUT /users/verify': httpHandler({ body: Verify }, async ({ body }) =>
    ok(await own.verify(body.access_token, body.attribute, body.code)),
  ),

  'PUT /users/change-pwd': httpHandler({ body: ChangePassword }, async ({ body }) =>
    ok(await own.changePassword(body.access_token, body.previous_pwd, body.new_pwd)),
  ),

  'PUT /users/delete': httpHandler({ body: OfToken }, async ({ body }) =>
    ok(await own.remove(body.access_token)),
  ),
})
