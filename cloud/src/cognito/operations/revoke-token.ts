import { AwsError, optional } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { isClientSecret } from '../flows/secret-hash.ts'
import { tokenValidityMsMax } from '../limits.ts'
import { putMark } from '../pools/marks.ts'
import { openRefreshToken } from '../tokens/refresh-token.ts'
import { clientId, clientSecret, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** Revokes a refresh token and every access token that came of the same sign-in. */
export const revokeToken = operation('RevokeToken', {
  input: { Token: tokenModel, ClientId: clientId, ClientSecret: optional(clientSecret) },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    if (!isClientSecret(client, input.ClientSecret)) {
      throw new AwsError('UnauthorizedException', 'Invalid client credentials')
    }
    if (!client.EnableTokenRevocation) {
      throw new AwsError('UnsupportedOperationException', 'Token revocation is not enabled.')
    }
    const token = openRefreshToken(ctx.sealer, input.Token)
    if (token === undefined) {
      throw new AwsError('UnsupportedTokenTypeException', 'Unsupported token type')
    }
    if (token.clientId !== client.ClientId) {
      throw new AwsError('UnauthorizedException', 'Invalid client credentials')
    }
    // The mark outlives the last access token too: a refresh just before it is answered for a day at most.
    const untilMs = Math.max(token.untilMs, ctx.environment.clock.now() + tokenValidityMsMax)
    await ctx.store.write((writer) =>
      putMark(writer, 'revoked', `${pool.id}/${token.originJti}`, { untilMs, value: true }),
    )
    return {}
  },
})
