import { textsOf } from '../language.ts'
import { field, secretField, type PageCall } from '../page-call.ts'
import { problemText } from '../problems.ts'
import { isUnconfirmed, mustReset, signInWithPassword } from '../sign-in-steps.ts'
import { confirmPage } from './confirm.ts'
import { forgotPage } from './forgot-password.ts'
import { loginPage } from './login-page.ts'
import { proceed } from './proceed.ts'
import { withRequest } from './with-request.ts'

export const showLogin = (call: PageCall) =>
  withRequest(call, (request) => loginPage(call, request, { username: request.loginHint }))

export const submitLogin = (call: PageCall) =>
  withRequest(call, async (request) => {
    const username = field(call, 'username')
    const texts = textsOf(call.language)
    const refused = (problem: string) =>
      loginPage(call, request, { username, problem, status: 400 })
    try {
      const password = secretField(call, 'password')
      if (username === '' || password === '') return refused(texts.problems.wrongPassword)
      return await proceed(
        call,
        request,
        await signInWithPassword(call, request, username, password),
      )
    } catch (error) {
      // Both are told only after the right password.
      if (isUnconfirmed(error)) return confirmPage(call, { username })
      if (mustReset(error)) return forgotPage(call, { username })
      return refused(problemText(texts, error))
    }
  })
