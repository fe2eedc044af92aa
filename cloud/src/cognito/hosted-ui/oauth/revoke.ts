import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { runOperation, type PageCall } from '../page-call.ts'
import type { RateLimit } from '../rate-limit.ts'
import { authenticatedClient } from './client-authentication.ts'
import { OAuthError, oauthJson, oauthRefusal } from './oauth-error.ts'
import { requireForm } from './token.ts'

/** `POST /oauth2/revoke` ("Revoke endpoint"): ends a refresh token and the access tokens that came of it. */
export async function revokeEndpoint(call: PageCall, limit: RateLimit): Promise<HttpResponse> {
  try {
    requireForm(call)
    const client = authenticatedClient(call)
    if (!limit(client.ClientId)) {
      throw new OAuthError('temporarily_unavailable', 'Rate exceeded', 429)
    }
    const token = call.form.get('token')
    if (!token) throw new OAuthError('invalid_request', 'token is missing')
    await runOperation(call, 'RevokeToken', {
      Token: token,
      ClientId: client.ClientId,
      ...(client.ClientSecret === undefined ? {} : { ClientSecret: client.ClientSecret }),
    })
    return oauthJson(200, undefined)
  } catch (error) {
    if (error instanceof OAuthError) {
      // "Revoke endpoint", error responses: who fails to authenticate is told so by the status too.
      return oauthRefusal(
        error.code === 'invalid_client'
          ? new OAuthError('invalid_client', error.description, 401)
          : error,
      )
    }
    if (!(error instanceof AwsError)) throw error
    return oauthRefusal(new OAuthError(codeOf(error), error.message))
  }
}

function codeOf({ code }: AwsError) {
  if (code === 'UnsupportedTokenTypeException') return 'unsupported_token_type'
  return code === 'UnauthorizedException' ? 'invalid_client' : 'invalid_request'
}
