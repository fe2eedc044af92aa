import type { HttpResponse } from '../../../kernel/index.ts'
import { inputField, usernameField } from '../form-fields.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import { leadsTo, pageLink } from './with-request.ts'

type State = {
  readonly username?: string | undefined
  readonly problem?: string
  readonly notice?: string
  readonly status?: number
}

/** Where every sign-in begins, and begins again. */
export function loginPage(
  call: PageCall,
  request: AuthorizationRequest,
  state: State,
): HttpResponse {
  const { signIn, fields } = textsOf(call.language)
  const { username, problem } = state
  const invalid = problem !== undefined
  const known = username !== undefined && username !== ''
  const open = !call.pool.settings.AdminCreateUserConfig.AllowAdminCreateUserOnly
  return page(call, {
    title: signIn.title,
    subtitle: signIn.to(request.client.ClientName),
    problem,
    notice: state.notice,
    status: state.status ?? 200,
    leadsTo: leadsTo(request),
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/login')}">
          ${csrf} ${usernameField(call, { value: username, invalid, focus: !known })}
          ${inputField({
            name: 'password',
            label: fields.password,
            type: 'password',
            autocomplete: 'current-password',
            invalid,
            focus: known,
          })}
          <p class="aside"><a href="${pageLink(call, '/forgotPassword')}">${signIn.forgot}</a></p>
          <button type="submit">${signIn.button}</button>
        </form>
        ${
          open &&
          html`<div class="links">
            <p>${signIn.noAccount} <a href="${pageLink(call, '/signup')}">${signIn.signUp}</a></p>
          </div>`
        }`,
  })
}
