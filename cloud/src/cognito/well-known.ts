import type { HttpMount, HttpRequest, HttpResponse } from '../kernel/index.ts'
import type { CognitoContext } from './context.ts'
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

/** The discovery document. It names only what can be asked for here. */
function discovery(ctx: CognitoContext, poolId: string) {
  const issuer = ctx.issuers.of(poolId)
  return {
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    // The keys are read from this machine, also where tokens bear AWS's address.
    jwks_uri: `${ctx.issuers.local(poolId)}/.well-known/jwks.json`,
    subject_types_supported: ['public'],
  }
}

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
