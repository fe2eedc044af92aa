import type { HttpMount, HttpRequest, HttpResponse, OperationTable } from '../../kernel/index.ts'
import type { CognitoContext } from '../context.ts'
import {
  formBytesMax,
  formsBurstMax,
  formsPerSecondMax,
  tokenCallsBurstMax,
  tokenCallsPerSecondMax,
} from '../limits.ts'
import { domainOf } from '../pools/domains.ts'
import { pageAddress, type PageAddress } from './address.ts'
import { csrfCookie, readCookies } from './cookies.ts'
import { isCsrfToken } from './csrf.ts'
import { chooseLanguage } from './language.ts'
import { oauthJson } from './oauth/oauth-error.ts'
import { revokeEndpoint } from './oauth/revoke.ts'
import { tokenEndpoint } from './oauth/token.ts'
import { userInfoEndpoint } from './oauth/user-info.ts'
import type { PageCall } from './page-call.ts'
import { errorPage } from './pages/error.ts'
import { pages, type Answer } from './pages/list.ts'
import { rateLimit } from './rate-limit.ts'

/**
 * The pages and OAuth 2.0 endpoints of the pools that have a domain ("User pool endpoints and managed login
 * reference"). Pages take GET and their own forms; the endpoints are for applications' servers and scripts.
 */
export function hostedUi(ctx: CognitoContext, operations: OperationTable): HttpMount {
  const { clock } = ctx.environment
  const forms = rateLimit(clock, { perSecond: formsPerSecondMax, burst: formsBurstMax })
  const calls = rateLimit(clock, { perSecond: tokenCallsPerSecondMax, burst: tokenCallsBurstMax })
  const endpoints: Readonly<Record<string, Endpoint>> = {
    '/oauth2/token': { methods: ['POST'], run: (call) => tokenEndpoint(call, calls) },
    '/oauth2/revoke': { methods: ['POST'], run: (call) => revokeEndpoint(call, calls) },
    '/oauth2/userInfo': { methods: ['GET', 'POST'], run: userInfoEndpoint },
  }

  function answerPage(call: PageCall, remoteAddress: string): Answer {
    const { path } = call.address
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (page === undefined) return errorPage(call, 'notFound', 404)
    const run = call.method === 'POST' ? page.post : page.get
    if (run === undefined || !['GET', 'HEAD', 'POST'].includes(call.method)) {
      return withAllow(
        errorPage(call, 'method', 405),
        page.post === undefined ? 'GET' : 'GET, POST',
      )
    }
    if (call.method !== 'POST') return run(call)
    if (!forms(`${call.pool.id}/${remoteAddress}`)) return errorPage(call, 'tooMany', 429)
    const secret = call.cookies.get(csrfCookie)
    const own = isOwnForm(call.headers)
    if (!own || !isCsrfToken(ctx, call.pool.id, secret, call.form.get('_csrf'))) {
      return errorPage(call, 'staleForm', 403)
    }
    return run(call)
  }

  return {
    kind: 'http',
    name: 'cognito-hosted-ui',
    match: (request) => pageAddress(request) !== undefined,
    handle(request) {
      const address = pageAddress(request)
      const domain = domainOf(ctx.store.reader, address?.domain ?? '')
      const pool = ctx.pools.pool(ctx.store.reader, domain?.poolId ?? '')
      if (address === undefined || pool === undefined) return noDomain
      if (request.body.length > formBytesMax) return tooLarge
      const call = pageCall(ctx, operations, request, address, pool)
      const endpoint = Object.hasOwn(endpoints, address.path) ? endpoints[address.path] : undefined
      return endpoint === undefined
        ? answerPage(call, request.remoteAddress)
        : answerEndpoint(call, endpoint)
    },
  }
}

type Endpoint = {
  readonly methods: readonly string[]
  readonly run: (call: PageCall) => Answer
}

/** Applications in browsers ask before they send an Authorization header. */
function answerEndpoint(call: PageCall, endpoint: Endpoint): Answer {
  const allow = [...endpoint.methods, 'OPTIONS'].join(', ')
  if (call.method === 'OPTIONS') {
    return oauthJson(204, undefined, {
      'access-control-allow-methods': allow,
      'access-control-allow-headers': 'authorization, content-type, x-amz-user-agent',
      'access-control-max-age': '7200',
    })
  }
  if (endpoint.methods.includes(call.method)) return endpoint.run(call)
  return oauthJson(405, { error: 'invalid_request' }, { allow })
}

function pageCall(
  ctx: CognitoContext,
  operations: OperationTable,
  request: HttpRequest,
  address: PageAddress,
  pool: PageCall['pool'],
): PageCall {
  const { method, headers, body } = request
  const query = new URLSearchParams(address.query)
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return {
    ctx,
    operations,
    pool,
    address,
    method,
    headers,
    query,
    form: new URLSearchParams(method === 'POST' && isForm ? body.toString('utf8') : ''),
    cookies: readCookies(headers['cookie']),
    language: chooseLanguage(query.get('lang'), headers['accept-language']),
  }
}

/** Browsers say where a form comes from: only a page of this very host may send one. */
function isOwnForm(headers: Readonly<Record<string, string>>): boolean {
  const { origin, host = '' } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

const withAllow = (response: HttpResponse, allow: string): HttpResponse => ({
  ...response,
  headers: { ...response.headers, allow },
})

const noDomain: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: 'No user pool has this domain. CreateUserPoolDomain gives a pool one.',
}

const tooLarge: HttpResponse = {
  status: 413,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: 'A form of these pages is never that large.',
}
