import { byRoute, env, httpHandler, ok } from '@cloudlet/kit'
import { Challenge, Login, OfToken, Refresh } from '../domain/requests.ts'
import { identityClient } from '../store/client.ts'
import { session } from '../store/session.ts'

const sessions = session(identityClient(), env('CLIENT_ID'))

export const handler = byRoute({
  'PUT /users/login': httpHandler({ body: Login }, async ({ body }) =>
    ok(await sessions.login(body.username, body.password)),
  ),

  'PUT /users/challenge': httpHandler({ body: Challenge }, async ({ body }) =>
    ok(await sessions.respond(body)),
  ),

  'PUT /users/refresh': httpHandler({ body: Refresh }, async ({ body }) =>
    ok(await sessions.refresh(body.refresh_token)),
  ),

  'PUT /users/logout': httpHandler({ body: OfToken }, async ({ body }) =>
    ok(await sessions.logout(body.access_token)),
  ),
})
