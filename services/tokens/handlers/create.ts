import { env, httpHandler, itemClient, ok, text } from '@cloudlet/kit'
import { prefersText } from '../domain/accept.ts'
import { CreateToken } from '../domain/requests.ts'
import { issueToken, viewOf } from '../domain/token.ts'
import { tokenStore } from '../store/tokens.ts'

const tokens = tokenStore(itemClient(), env('TOKENS_TABLE'))

/** POST /create */
export const handler = httpHandler(
  { body: CreateToken, numbers: 'exact' },
  async ({ body, now, newId, headers }) => {
    const token = issueToken(body, newId(), now)
    await tokens.insert(token)
    return prefersText(headers['accept']) ? text(token.token) : ok(viewOf(token))
  },
)
