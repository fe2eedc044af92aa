import { callerOf } from '../context.ts'
import { shownAttributes } from '../pools/user.ts'
import { shownMfa } from '../pools/mfa-settings.ts'
import { operation } from './operation.ts'
import { tokenModel } from './shapes.ts'

/** Who an access token speaks for. */
export const getUser = operation('GetUser', {
  input: { AccessToken: tokenModel },
  run(ctx, input) {
    const { pool, user, clientId } = callerOf(ctx, input.AccessToken)
    const readable = ctx.pools.client(ctx.store.reader, clientId)?.ReadAttributes
    return {
      Username: user.username,
      UserAttributes: shownAttributes(user).filter(
        ({ Name }) => Name === 'sub' || readable === undefined || readable.includes(Name),
      ),
      ...shownMfa(pool, user),
    }
  },
})
