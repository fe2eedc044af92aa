import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { secretHash } from '../../flows/secret-hash.ts'
import { pretendedDelivery } from '../../flows/verification.ts'
import { findUser } from '../../pools/user-store.ts'
import { codeField, hidden, usernameField } from '../form-fields.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { field, runOperation, type PageCall } from '../page-call.ts'
import { problemText } from '../problems.ts'
import { loginPage } from './login-page.ts'
import { pageLink, withRequest } from './with-request.ts'

type State = {
  readonly username?: string
  readonly problem?: string
  readonly notice?: string | undefined
}

export const showConfirm = (call: PageCall) => withRequest(call, () => confirmPage(call, {}))

/** The code of a sign-up. */
export const submitConfirm = (call: PageCall) =>
  withRequest(call, async (request) => {
    const { client } = request
    const { problems, confirm } = textsOf(call.language)
    const username = field(call, 'username')
    try {
      await runOperation(call, 'ConfirmSignUp', {
        ClientId: client.ClientId,
        Username: username,
        ConfirmationCode: field(call, 'code').replaceAll(/\s/g, ''),
        ...secretHash(client, username),
      })
      return loginPage(call, request, { username, notice: confirm.done })
    } catch (error) {
      // Who is unknown, confirmed already or disabled is told the same as who mistyped.
      const silent = error instanceof AwsError && telling.has(error.code)
      const problem = silent ? problems.wrongCode : problemText(textsOf(call.language), error)
      return confirmPage(call, { username, problem })
    }
  })

const telling = new Set([
  'UserNotFoundException',
  'NotAuthorizedException',
  'InvalidParameterException',
])

/** The code once more. */
export const resendCode = (call: PageCall) =>
  withRequest(call, async (request) => {
    const { client } = request
    const texts = textsOf(call.language)
    const username = field(call, 'username')
    const destination = await sentTo(call, username, 'ResendConfirmationCode', client)
    return confirmPage(call, { username, notice: texts.codeMayBeSent(destination) })
  })

/**
 * Has a code sent, and tells where to. Whoever cannot get one is told of an address all the same: these pages do
 * not tell who exists.
 */
export async function sentTo(
  call: PageCall,
  username: string,
  operation: 'ResendConfirmationCode' | 'ForgotPassword',
  client: AuthorizationRequest['client'],
): Promise<string> {
  try {
    const answer = await runOperation(call, operation, {
      ClientId: client.ClientId,
      Username: username,
      ...secretHash(client, username),
    })
    return destinationIn(answer) ?? ''
  } catch (error) {
    if (!(error instanceof AwsError) || error.fault === 'server') throw error
    const user = findUser(call.ctx.store.reader, call.pool, username)
    return pretendedDelivery(call.ctx, client, username, user).Destination
  }
}

/** The masked address in an operation's answer. */
export function destinationIn(answer: Readonly<Record<string, unknown>>): string | undefined {
  const details = answer['CodeDeliveryDetails']
  if (typeof details !== 'object' || details === null || !('Destination' in details)) {
    return undefined
  }
  return typeof details.Destination === 'string' ? details.Destination : undefined
}

export function confirmPage(call: PageCall, state: State, destination?: string): HttpResponse {
  const texts = textsOf(call.language)
  const { username = '', problem, notice } = state
  const sent = destination === undefined ? texts.codeAsked : texts.codeSent(destination)
  return page(call, {
    title: texts.confirm.title,
    subtitle: sent,
    problem,
    notice,
    status: problem === undefined ? 200 : 400,
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/confirm')}">
          ${csrf}
          ${username === '' ? usernameField(call, { focus: true }) : hidden('username', username)}
          ${codeField(call, 'message', { invalid: problem !== undefined, focus: username !== '' })}
          <button type="submit">${texts.confirm.button}</button>
        </form>
        ${
          username !== '' &&
          html`<form method="post" action="${pageLink(call, '/resendcode')}">
            ${csrf} ${hidden('username', username)}
            <button type="submit" class="second">${texts.confirm.resend}</button>
          </form>`
        }
        <div class="links">
          <p><a href="${pageLink(call, '/login')}">${texts.forgot.back}</a></p>
        </div>`,
  })
}
