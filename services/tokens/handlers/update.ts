import { env, httpHandler, itemClient, ok } from '@cloudlet/kit'
import { PairToken } from '../domain/requests.ts'
import { pairingProblem, viewOf } from '../domain/token.ts'
import { tokenStore } from '../store/tokens.ts'
import { tokenParameter } from '../domain/token-parameter.ts'

const tokens = tokenStore(itemClient(), env('TOKENS_TABLE'))

/** PUT /update/{token} */
export const handler = httpHandler(
  { body: PairToken, numbers: 'exact' },
  async ({ body, path, now }) => {
    const outcome = await tokens.pair(tokenParameter(path), body.entityId, now)
    if (!outcome.paired) throw pairingProblem(outcome.found, body.entityId, now)
    return ok(viewOf(outcome.token))
  },
)
