import { map, optional, text } from '../../kernel/index.ts'
import { requireClient } from '../context.ts'
import { notAuthorized } from '../errors.ts'
import { refresh } from '../flows/refresh.ts'
import { isClientSecret } from '../flows/secret-hash.ts'
import { clientId, clientSecret, deviceKey, tokenModel } from './shapes.ts'
import { operation } from './operation.ts'

/** New tokens for a refresh token, and a new refresh token where the client rotates them. */
export const getTokensFromRefreshToken = operation('GetTokensFromRefreshToken', {
  input: {
    RefreshToken: tokenModel,
    ClientId: clientId,
    ClientSecret: optional(clientSecret),
    DeviceKey: optional(deviceKey),
    ClientMetadata: optional(map(text)),
  },
  async run(ctx, input) {
    const { pool, client } = requireClient(ctx, input.ClientId)
    if (!isClientSecret(client, input.ClientSecret)) {
      throw notAuthorized(`Unable to verify client secret for client ${client.ClientId}`)
    }
    const attempt = { pool, client, admin: false, clientMetadata: input.ClientMetadata ?? {} }
    return { AuthenticationResult: await refresh(ctx, attempt, input.RefreshToken) }
  },
})
