import type { HttpResponse } from '../../../kernel/index.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { Refusal } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import type { Texts } from '../texts/english.ts'

type Reason = Exclude<keyof Texts['error'], 'title' | 'loginUnavailableHint'>

/** A request that cannot be answered is told to the person: nothing of it leads anywhere else. */
export function errorPage(call: PageCall, reason: Reason, status = 400): HttpResponse {
  const { error } = textsOf(call.language)
  return page(call, {
    status,
    title: error.title,
    problem: error[reason],
    translated: false,
    body: () =>
      reason === 'loginUnavailable'
        ? html`<p class="hint">${error.loginUnavailableHint}</p>`
        : html``,
  })
}

/** Why there is no page to sign in: no such client, an unknown callback, no provider. */
export const refusalPage = (call: PageCall, refusal: Refusal): HttpResponse =>
  errorPage(call, refusal)
