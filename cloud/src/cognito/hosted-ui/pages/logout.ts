import type { HttpResponse } from '../../../kernel/index.ts'
import { clearCookie, sessionCookie } from '../cookies.ts'
import { endHostedSession } from '../hosted-session.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page, redirect } from '../layout.ts'
import { parseAuthorizationRequest } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import { errorPage } from './error.ts'
import { pageLink } from './with-request.ts'

/**
 * `GET /logout` ("Logout endpoint"): ends the browser's session, then leads to one of the client's sign-out
 * addresses, or to the sign-in page where the request names a callback instead.
 */
export async function logout(call: PageCall): Promise<HttpResponse> {
  const { ctx, pool, cookies, query, address } = call
  await endHostedSession(ctx, pool, cookies.get(sessionCookie))
  const cookie = clearCookie(sessionCookie, address.base)
  const ended = (response: HttpResponse): HttpResponse => {
    const set = response.headers['set-cookie'] ?? []
    return {
      ...response,
      headers: { ...response.headers, 'set-cookie': [cookie, ...[set].flat()] },
    }
  }
  const client = ctx.pools.client(ctx.store.reader, query.get('client_id') ?? '')
  if (client === undefined || client.UserPoolId !== pool.id) {
    return query.has('client_id') ? ended(errorPage(call, 'unknownClient')) : ended(farewell(call))
  }
  const logoutUri = query.get('logout_uri')
  if (logoutUri !== null) {
    if (query.getAll('logout_uri').length > 1 || !client.LogoutURLs?.includes(logoutUri)) {
      return ended(errorPage(call, 'logoutMismatch'))
    }
    const state = query.get('state')
    return redirect(state === null ? logoutUri : withState(logoutUri, state), [cookie])
  }
  if (!query.has('redirect_uri')) return ended(farewell(call))
  const parsed = parseAuthorizationRequest(call)
  if (parsed.kind === 'refused') return ended(errorPage(call, parsed.refusal))
  return redirect(parsed.kind === 'valid' ? pageLink(call, '/login') : parsed.location, [cookie])
}

const withState = (uri: string, state: string): string =>
  `${uri}${uri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`

const farewell = (call: PageCall): HttpResponse =>
  page(call, {
    title: textsOf(call.language).signedOut.title,
    translated: false,
    body: () => html``,
  })
