import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import type { Client } from '../../pools/pool.ts'
import type { RateLimit } from '../rate-limit.ts'
import type { PageCall } from '../page-call.ts'
import { authenticatedClient } from './client-authentication.ts'
import { clientCredentialsGrant, codeGrant, refreshGrant, type TokenAnswer } from './grants.ts'
import { OAuthError, oauthJson, oauthRefusal } from './oauth-error.ts'

/** `POST /oauth2/token` ("Token endpoint"). */
export async function tokenEndpoint(call: PageCall, limit: RateLimit): Promise<HttpResponse> {
  try {
    requireForm(call)
    const client = authenticatedClient(call)
    if (!limit(client.ClientId)) {
      throw new OAuthError('temporarily_unavailable', 'Rate exceeded', 429)
    }
    return oauthJson(200, await granted(call, client))
  } catch (error) {
    return oauthRefusal(asOAuthError(error))
  }
}

/** RFC 6749, 3.2: a form, in which no parameter is repeated. @throws OAuthError */
export function requireForm({ headers, form }: PageCall): void {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new OAuthError('invalid_request')
  const repeated = [...new Set(form.keys())].find((name) => form.getAll(name).length > 1)
  if (repeated !== undefined) throw new OAuthError('invalid_request', `${repeated} is repeated`)
}

function granted(call: PageCall, client: Client): Promise<TokenAnswer> {
  switch (call.form.get('grant_type')) {
    case 'authorization_code':
      return codeGrant(call, client)
    case 'refresh_token':
      return refreshGrant(call, client)
    case 'client_credentials':
      return clientCredentialsGrant(call, client)
    case null:
    case '':
      throw new OAuthError('invalid_request', 'grant_type is missing')
    default:
      throw new OAuthError('unsupported_grant_type')
  }
}

/** Cognito's own refusals (a disabled user, a trigger that throws, a revoked token) end a grant. */
export function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error
  if (error instanceof AwsError && error.fault === 'client') {
    return new OAuthError('invalid_grant', error.message)
  }
  throw error
}
