import { textsOf } from '../language.ts'
import { field, secretField, type PageCall } from '../page-call.ts'
import { isSessionOver, problemText } from '../problems.ts'
import { answerChallenge } from '../sign-in-steps.ts'
import { challengeIn } from './challenge.ts'
import { loginPage } from './login-page.ts'
import { newPasswordPage } from './new-password-page.ts'
import { proceed } from './proceed.ts'
import { withRequest } from './with-request.ts'

const prefix = 'attribute.'

/** The password that a person chose instead of the temporary one. */
export const submitNewPassword = (call: PageCall) =>
  withRequest(call, async (request) => {
    const texts = textsOf(call.language)
    const challenge = challengeIn(call, 'NEW_PASSWORD_REQUIRED')
    const password = secretField(call, 'password')
    if (password !== secretField(call, 'repeat')) {
      return newPasswordPage(call, request, challenge, texts.problems.different)
    }
    const names = [...call.form.keys()].filter((name) => name.startsWith(prefix))
    const attributes = names.map((name) => [
      `userAttributes.${name.slice(prefix.length)}`,
      field(call, name),
    ])
    try {
      const responses = { ...Object.fromEntries(attributes), NEW_PASSWORD: password }
      return await proceed(
        call,
        request,
        await answerChallenge(call, request, challenge, responses),
      )
    } catch (error) {
      const problem = problemText(texts, error)
      return isSessionOver(error)
        ? loginPage(call, request, { username: challenge.username, problem, status: 400 })
        : newPasswordPage(call, request, challenge, problem)
    }
  })
