import { AwsError, type HttpResponse } from '../../../kernel/index.ts'
import { secretHash } from '../../flows/secret-hash.ts'
import { attributeField, attributeLabel, newPasswordFields, usernameField } from '../form-fields.ts'
import { html } from '../html.ts'
import { textsOf } from '../language.ts'
import { page } from '../layout.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { field, runOperation, secretField, type PageCall } from '../page-call.ts'
import { problemText } from '../problems.ts'
import { confirmPage, destinationIn } from './confirm.ts'
import { errorPage } from './error.ts'
import { loginPage } from './login-page.ts'
import { pageLink, withRequest } from './with-request.ts'

export const showSignUp = (call: PageCall) =>
  withRequest(call, (request) => signUpPage(call, request))

export const submitSignUp = (call: PageCall) =>
  withRequest(call, async (request) => {
    if (isClosed(call)) return errorPage(call, 'closed', 403)
    const texts = textsOf(call.language)
    const { client } = request
    const username = field(call, 'username')
    const attributes = askedAttributes(call).map((Name) => ({
      Name,
      Value: field(call, `attribute.${Name}`),
    }))
    const missing = attributes.find(({ Value }) => Value === '')
    if (missing !== undefined) {
      const problem = texts.problems.missing(attributeLabel(texts, missing.Name))
      return signUpPage(call, request, problem)
    }
    if (secretField(call, 'password') !== secretField(call, 'repeat')) {
      return signUpPage(call, request, texts.problems.different, 'password')
    }
    try {
      const answer = await runOperation(call, 'SignUp', {
        ClientId: client.ClientId,
        Username: username,
        Password: secretField(call, 'password'),
        UserAttributes: attributes,
        ...secretHash(client, username),
      })
      return answer['UserConfirmed'] === true
        ? loginPage(call, request, { username, notice: texts.confirm.done })
        : confirmPage(call, { username }, destinationIn(answer))
    } catch (error) {
      const weak = error instanceof AwsError && error.code === 'InvalidPasswordException'
      const taken = error instanceof AwsError && error.code === 'UsernameExistsException'
      const at = weak ? 'password' : taken ? 'username' : undefined
      return signUpPage(call, request, problemText(texts, error), at)
    }
  })

const isClosed = ({ pool }: PageCall): boolean =>
  pool.settings.AdminCreateUserConfig.AllowAdminCreateUserOnly

/** What the pool requires, and the addresses that it verifies, besides what the user name says already. */
function askedAttributes({ pool }: PageCall): string[] {
  const { SchemaAttributes, AutoVerifiedAttributes = [], UsernameAttributes = [] } = pool.settings
  const required = SchemaAttributes.filter(({ Required }) => Required).map(({ Name }) => Name)
  const given = UsernameAttributes.length === 1 ? UsernameAttributes : []
  const verified = UsernameAttributes.length === 2 ? [] : AutoVerifiedAttributes
  return [...new Set<string>([...required, ...verified])].filter(
    (name) => name !== 'sub' && !given.some((each) => each === name),
  )
}

function signUpPage(
  call: PageCall,
  request: AuthorizationRequest,
  problem?: string,
  at?: 'password' | 'username',
): HttpResponse {
  if (isClosed(call)) return errorPage(call, 'closed', 403)
  const { signUp, fields } = textsOf(call.language)
  return page(call, {
    title: signUp.title,
    subtitle: request.client.ClientName,
    problem,
    status: problem === undefined ? 200 : 400,
    body: (csrf) =>
      html`<form method="post" action="${pageLink(call, '/signup')}">
          ${csrf}
          ${usernameField(call, {
            value: field(call, 'username'),
            focus: at !== 'password',
            invalid: at === 'username',
          })}
          ${askedAttributes(call).map((name) =>
            attributeField(call, name, { value: field(call, `attribute.${name}`) }),
          )}
          ${newPasswordFields(call, {
            label: fields.password,
            invalid: at === 'password',
            focus: at === 'password',
          })}
          <button type="submit">${signUp.button}</button>
        </form>
        <div class="links">
          <p>${signUp.haveAccount} <a href="${pageLink(call, '/login')}">${signUp.signIn}</a></p>
        </div>`,
  })
}
