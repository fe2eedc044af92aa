import type { HttpResponse } from '../../../kernel/index.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { Refusal } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import type { Texts } from '../texts/english.ts'

type Reason = Exclude<keyof Texts['error'], 'title'>

/** A request that cannot be answered is told to the person: nothing of it leads anywhere else. */
export function errorPage(call: PageCall, reason: Reason, status = 400): HttpResponse {
  const { error, errorHint } = textsOf(call.language)
  const hint = Object.entries(errorHint).find(([key]) => key === reason)?.[1]
  return page(call, {
    status,
    title: error.title,
    problem: error[reason],
    translated: false,
    body: () => html`${hint !== undefined && html`<p class="hint">${hint}</p>`}`,
  })
}

/** Why there is no page to sign in: no such client, an unknown callback, no provider. */
export const refusalPage = (call: PageCall, refusal: Refusal): HttpResponse =>
  errorPage(call, refusal)
