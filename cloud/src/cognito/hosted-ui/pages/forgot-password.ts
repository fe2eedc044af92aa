import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { secretHash } from '../../flows/secret-hash.ts'
import { policyProblem } from '../../passwords/policy.ts'
import { codeField, hidden, newPasswordFields, usernameField } from '../form-fields.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import { field, runOperation, secretField, type PageCall } from '../page-call.ts'
import { problemText } from '../problems.ts'
import { sentTo } from './confirm.ts'
import { loginPage } from './login-page.ts'
import { pageLink, withRequest } from './with-request.ts'

export const showForgot = (call: PageCall) =>
  withRequest(call, (request) => forgotPage(call, { username: request.loginHint ?? '' }))

/** Sends a code and asks for it, whether the account exists or not. */
export const submitForgot = (call: PageCall) =>
  withRequest(call, async (request) => {
    const username = field(call, 'username')
    if (username === '') return forgotPage(call, { username })
    const destination = await sentTo(call, username, 'ForgotPassword', request.client)
    return resetPage(call, { username, destination })
  })

/** The code and the new password. */
export const submitReset = (call: PageCall) =>
  withRequest(call, async (request) => {
    const texts = textsOf(call.language)
    const { client } = request
    const username = field(call, 'username')
    const password = secretField(call, 'password')
    const again = (problem: string, at: 'code' | 'password') =>
      resetPage(call, { username, problem, at })
    // Before the code is looked at: a weak password must not tell whether the account exists.
    if (policyProblem(call.pool.settings.Policies.PasswordPolicy, password) !== undefined) {
      return again(texts.problems.policy, 'password')
    }
    if (password !== secretField(call, 'repeat')) {
      return again(texts.problems.different, 'password')
    }
    try {
      await runOperation(call, 'ConfirmForgotPassword', {
        ClientId: client.ClientId,
        Username: username,
        ConfirmationCode: field(call, 'code').replaceAll(/\s/g, ''),
        Password: password,
        ...secretHash(client, username),
      })
      return loginPage(call, request, { username, notice: texts.reset.done })
    } catch (error) {
      const silent = error instanceof AwsError && telling.has(error.code)
      return again(silent ? texts.problems.wrongCode : problemText(texts, error), 'code')
    }
  })

const telling = new Set([
  'UserNotFoundException',
  'NotAuthorizedException',
  'InvalidParameterException',
])

export function forgotPage(
  call: PageCall,
  { username }: { readonly username: string },
): HttpResponse {
  const { forgot } = textsOf(call.language)
  return page(call, {
    title: forgot.title,
    subtitle: forgot.text,
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/forgotPassword')}">
          ${csrf} ${usernameField(call, { value: username, focus: true })}
          <button type="submit">${forgot.button}</button>
        </form>
        <div class="links">
          <p><a href="${pageLink(call, '/login')}">${forgot.back}</a></p>
        </div>`,
  })
}

function resetPage(
  call: PageCall,
  state: {
    readonly username: string
    readonly destination?: string
    readonly problem?: string
    readonly at?: 'code' | 'password'
  },
): HttpResponse {
  const texts = textsOf(call.language)
  const { username, destination, problem, at } = state
  return page(call, {
    title: texts.reset.title,
    subtitle: destination === undefined ? texts.codeAsked : texts.codeMayBeSent(destination),
    problem,
    status: problem === undefined ? 200 : 400,
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/confirmForgotPassword')}">
          ${csrf} ${hidden('username', username)}
          ${codeField(call, 'message', { invalid: at === 'code', focus: at !== 'password' })}
          ${newPasswordFields(call, { invalid: at === 'password', focus: at === 'password' })}
          <button type="submit">${texts.reset.button}</button>
        </form>
        <div class="links">
          <p><a href="${pageLink(call, '/forgotPassword')}">${texts.confirm.resend}</a></p>
        </div>`,
  })
}
