import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { sessionCookie } from '../cookies.ts'
import { hostedSession } from '../hosted-session.ts'
import { redirect } from '../layout.ts'
import { callbackWith } from '../oauth/authorization-request.ts'
import { finishAuthorization } from '../oauth/finish.ts'
import type { PageCall } from '../page-call.ts'
import { pageLink, withRequest } from './with-request.ts'

/**
 * `GET /oauth2/authorize` ("Authorize endpoint"): straight back to the application for a browser that is signed
 * in, otherwise to the sign-in page; with `prompt=none` never to a page, with `prompt=login` always.
 */
export const authorize = (call: PageCall): HttpResponse | Promise<HttpResponse> =>
  withRequest(call, async (request) => {
    const { ctx, pool, cookies } = call
    const tell = (error: string): HttpResponse =>
      redirect(
        callbackWith(request.redirectUri, request.responseType === 'code' ? 'query' : 'fragment', {
          error,
          ...(request.state === undefined ? {} : { state: request.state }),
        }),
      )
    const session =
      request.prompt.includes('login') || request.prompt.includes('select_account')
        ? undefined
        : hostedSession(ctx, pool, cookies.get(sessionCookie))
    if (session === undefined) {
      return request.prompt.includes('none')
        ? tell('login_required')
        : redirect(pageLink(call, '/login'))
    }
    try {
      return redirect(await finishAuthorization(call, request, session))
    } catch (error) {
      // The user may not sign in any more, or a trigger refuses: the application is told, as OAuth asks.
      if (error instanceof AwsError && error.fault === 'client') return tell('access_denied')
      throw error
    }
  })
