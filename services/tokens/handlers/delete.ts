import { env, httpHandler, itemClient, ok } from '@cloudlet/kit'
import { tokenNotFound } from '../domain/token.ts'
import { tokenStore } from '../store/tokens.ts'
import { tokenParameter } from '../domain/token-parameter.ts'

const tokens = tokenStore(itemClient(), env('TOKENS_TABLE'))

/** DELETE /delete/{token} */
export const handler = httpHandler({}, async ({ path, now }) => {
  const token = tokenParameter(path)
  if (!(await tokens.remove(token, now))) throw tokenNotFound()
  return ok({ token, deleted: true })
})
