import type { HttpResponse } from '../../../kernel/index.ts'
import { redirect } from '../layout.ts'
import {
  keptQuery,
  parseAuthorizationRequest,
  type AuthorizationRequest,
} from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import { refusalPage } from './error.ts'

type Answer = HttpResponse | Promise<HttpResponse>

/** Answers a page that belongs to an application's request, or tells what is wrong with the request. */
export function withRequest(
  call: PageCall,
  answer: (request: AuthorizationRequest) => Answer,
): Answer {
  const parsed = parseAuthorizationRequest(call)
  switch (parsed.kind) {
    case 'refused':
      return refusalPage(call, parsed.refusal)
    case 'redirect':
      return redirect(parsed.location)
    case 'valid':
      return answer(parsed.request)
  }
}

/** Another page of the same sign-in: the application's parameters go along. */
export const pageLink = ({ address, query }: PageCall, path: string): string =>
  `${address.base}${path}?${keptQuery(query)}`

/** Where a form's answer may redirect to. */
export const leadsTo = ({ client, redirectUri }: AuthorizationRequest): string[] => [
  redirectUri,
  ...(client.CallbackURLs ?? []),
]

/** The middle of a sign-in cannot be gone to by a link. */
export const backToLogin = (call: PageCall): Answer =>
  withRequest(call, () => redirect(pageLink(call, '/login')))
