import { env, httpHandler, itemClient, ok } from '@cloudlet/kit'
import { isLive, tokenNotFound, viewOf } from '../domain/token.ts'
import { tokenStore } from '../store/tokens.ts'
import { tokenParameter } from '../domain/token-parameter.ts'

const tokens = tokenStore(itemClient(), env('TOKENS_TABLE'))

/** GET /get/{token} */
export const handler = httpHandler({ numbers: 'exact' }, async ({ path, now }) => {
  const token = await tokens.find(tokenParameter(path))
  if (token === undefined || !isLive(token, now)) throw tokenNotFound()
  return ok(viewOf(token))
})
