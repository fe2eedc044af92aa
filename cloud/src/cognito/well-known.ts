import type { HttpMount, HttpRequest, HttpResponse } from '../kernel/index.ts'
import type { CognitoContext } from './context.ts'
import { pagesOf } from './hosted-ui/address.ts'
import { domainOfPool } from './pools/domains.ts'
import { publicJwks } from './tokens/keys.ts'

const form = /^\/([\w-]+_[0-9A-Za-z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/

const pathOf = (request: HttpRequest): string => request.target.split('?')[0] ?? ''

/** What OIDC clients and verifiers of tokens read: each pool's public keys and its discovery document. */
export const wellKnown = (ctx: CognitoContext): HttpMount => ({
  kind: 'http',
  name: 'cognito-well-known',
  match: (request) => form.test(pathOf(request)),
  async handle(request) {
    const [, poolId = '', document] = form.exec(pathOf(request)) ?? []
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return json(405, { message: 'Method Not Allowed' }, { allow: 'GET, HEAD' })
    }
    const pool = ctx.pools.pool(ctx.store.reader, poolId)
    if (pool === undefined) {
      return json(400, {
        code: 'BadRequest',
        message: `User pool ${poolId} does not exist.`,
      })
    }
    if (document === 'openid-configuration') return json(200, discovery(ctx, poolId))
    return json(200, publicJwks(await ctx.keyRing.keysOf(poolId)))
  },
})

/**
 * The discovery document. It names only what can be asked for here: the sign-in pages and OAuth endpoints of the
 * pool's domain, where it has one.
 */
function discovery(ctx: CognitoContext, poolId: string) {
  const domain = domainOfPool(ctx.store.reader, poolId)
  return {
    ...(domain === undefined ? {} : oauthOf(pagesOf(ctx.issuers.endpoint(), domain))),
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: ctx.issuers.of(poolId),
    // The keys are read from this machine, also where tokens bear AWS's address.
    jwks_uri: `${ctx.issuers.local(poolId)}/.well-known/jwks.json`,
    subject_types_supported: ['public'],
  }
}

const oauthOf = (pages: string) => ({
  authorization_endpoint: `${pages}/oauth2/authorize`,
  code_challenge_methods_supported: ['S256'],
  end_session_endpoint: `${pages}/logout`,
  grant_types_supported: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
  response_types_supported: ['code', 'token'],
  revocation_endpoint: `${pages}/oauth2/revoke`,
  scopes_supported: ['openid', 'email', 'phone', 'profile'],
  token_endpoint: `${pages}/oauth2/token`,
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  userinfo_endpoint: `${pages}/oauth2/userInfo`,
})

const json = (
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    ...headers,
  },
  body: JSON.stringify(body),
})
