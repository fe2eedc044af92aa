import type { User } from '../../pools/user.ts'
import { beginSignIn } from '../../tokens/sign-in.ts'
import type { PageCall } from '../page-call.ts'
import { newCode, type Grant } from './authorization-code.ts'
import { callbackWith, type AuthorizationRequest } from './authorization-request.ts'
import { tokenAnswer, tokensFor } from './grants.ts'

/**
 * The callback's address for a person who is signed in: with a code in the query, or the tokens in the fragment,
 * which browsers keep to themselves.
 *
 * @throws AwsError when the user may not sign in, or a trigger says so
 */
export async function finishAuthorization(
  call: PageCall,
  request: AuthorizationRequest,
  signedIn: { readonly user: User; readonly authTimeMs: number },
): Promise<string> {
  const { ctx, pool } = call
  const { user, authTimeMs } = signedIn
  const grant: Grant = {
    poolId: pool.id,
    clientId: request.client.ClientId,
    sub: user.sub,
    redirectUri: request.redirectUri,
    scope: request.scopes.join(' '),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    ...(request.codeChallenge === undefined ? {} : { codeChallenge: request.codeChallenge }),
    // Each application's sign-in can be revoked by itself; all share the time at which the person signed in.
    signIn: { ...beginSignIn(ctx.environment, user.signedOutMs), authTimeMs },
  }
  const state = request.state === undefined ? {} : { state: request.state }
  if (request.responseType === 'code') {
    const code = await newCode(ctx, grant)
    return callbackWith(request.redirectUri, 'query', { code, ...state })
  }
  const tokens = tokenAnswer(await tokensFor(call, request.client, grant, 'none'), grant.scope)
  return callbackWith(request.redirectUri, 'fragment', {
    ...(tokens.id_token === undefined ? {} : { id_token: tokens.id_token }),
    access_token: tokens.access_token,
    expires_in: String(tokens.expires_in),
    token_type: tokens.token_type,
    ...state,
  })
}
