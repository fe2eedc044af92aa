import { env, httpHandler, itemClient, notFound, ok, readBody } from '@cloudlet/kit'
import type { Answer, HttpCall } from '@cloudlet/kit'
import { routerOf } from '../domain/routes.ts'
import { readUser, USER_ID_CHARACTERS_MAX, UserBody } from '../domain/user.ts'
import { userStore } from '../store/users.ts'

const users = userStore(itemClient(), env('USERS_TABLE'))

type Action = (call: HttpCall, parameters: Readonly<Record<string, string>>) => Promise<Answer>

const putUser: Action = async (call) => {
  const user = readUser(readBody(call, UserBody))
  await users.put(user)
  return ok(user)
}

const getUser: Action = async (_call, { userId = '' }) => {
  const user = userId.length > USER_ID_CHARACTERS_MAX ? undefined : await users.find(userId)
  if (user === undefined) throw notFound('Could not find user with provided "userId"')
  return ok(user)
}

const route = routerOf<Action>([
  { method: 'POST', path: '/users', action: putUser },
  { method: 'GET', path: '/users/:userId', action: getUser },
])

/** Everything below the API's base path; the gateway hands over the rest of the path as `proxy`. */
export const handler = httpHandler({}, (call) => {
  const { action, parameters } = route(call.method, `/${call.path['proxy'] ?? ''}`)
  return action(call, parameters)
})
