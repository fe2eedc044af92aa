import type { HttpResponse } from '../../../kernel/index.ts'
import { missingAttributes } from '../../flows/first-factor.ts'
import { findUser } from '../../pools/user-store.ts'
import { attributeField, hidden, newPasswordFields } from '../form-fields.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import type { Challenge } from './challenge.ts'
import { leadsTo, pageLink } from './with-request.ts'

/** After a temporary password: a password of one's own, and what the pool requires besides. */
export function newPasswordPage(
  call: PageCall,
  request: AuthorizationRequest,
  challenge: Challenge,
  problem?: string,
): HttpResponse {
  const { newPassword } = textsOf(call.language)
  const { ctx, pool } = call
  const user = findUser(ctx.store.reader, pool, challenge.username)
  const missing = user === undefined ? [] : missingAttributes(pool, user)
  return page(call, {
    title: newPassword.title,
    subtitle: newPassword.text,
    problem,
    status: problem === undefined ? 200 : 400,
    leadsTo: leadsTo(request),
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/newPassword')}">
        ${csrf} ${hidden('session', challenge.session)}
        <input
          type="hidden"
          name="username"
          autocomplete="username"
          value="${challenge.username}"
        />
        ${newPasswordFields(call, { focus: true, invalid: problem !== undefined })}
        ${missing.map((name) =>
          attributeField(call, name, { value: call.form.get(`attribute.${name}`) ?? undefined }),
        )}
        <button type="submit">${newPassword.button}</button>
      </form>`,
  })
}
