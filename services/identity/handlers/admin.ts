import { byRoute, env, httpHandler, ok, readBody, validate } from '@cloudlet/kit'
import { requireAdmin } from '../domain/admins.ts'
import { signUpAll } from '../domain/batch.ts'
import { Page, SignUpBatch } from '../domain/requests.ts'
import { identityClient } from '../store/client.ts'
import { registration } from '../store/registration.ts'
import { users } from '../store/users.ts'

const client = identityClient()
const people = registration(client, env('CLIENT_ID'))
const pool = users(client, env('USER_POOL_ID'))

export const handler = byRoute({
  'POST /users/signup-batch': httpHandler({}, async (call) => {
    requireAdmin(call.claims)
    const { users } = readBody(call, SignUpBatch)
    return ok({ results: await signUpAll(users, people.signUp) })
  }),

  'GET /users/get-all': httpHandler({}, async ({ claims, query }) => {
    requireAdmin(claims)
    return ok(await pool.page(validate(Page, query)))
  }),

  'GET /users/search/{username}': httpHandler({}, async ({ claims, path }) => {
    requireAdmin(claims)
    return ok(await pool.search(path['username'] ?? ''))
  }),
})
