import type { HttpResponse } from '../../../kernel/index.ts'
import { codeMismatch } from '../../errors.ts'
import { textsOf } from '../language.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import { field, runOperation, type PageCall } from '../page-call.ts'
import { isSessionOver, problemText } from '../problems.ts'
import { answerChallenge, type Progress } from '../sign-in-steps.ts'
import { challengeIn, type Challenge } from './challenge.ts'
import { errorPage } from './error.ts'
import { loginPage } from './login-page.ts'
import { chooseMfaPage, mfaPage, setupPage } from './mfa-pages.ts'
import { proceed } from './proceed.ts'
import { withRequest } from './with-request.ts'

const challenges = [
  'SOFTWARE_TOKEN_MFA',
  'SMS_MFA',
  'EMAIL_OTP',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
] as const
type MfaChallenge = (typeof challenges)[number]

/** `POST /mfa`: the answer to a second factor's challenge. */
export const submitMfa = (call: PageCall) =>
  withRequest(call, async (request) => {
    const name = challenges.find((each) => each === field(call, 'challenge'))
    if (name === undefined) return errorPage(call, 'method')
    const challenge = challengeIn(call, name)
    const texts = textsOf(call.language)
    try {
      return await proceed(call, request, await answered(call, request, name, challenge))
    } catch (error) {
      const problem = problemText(texts, error)
      if (isSessionOver(error)) {
        return loginPage(call, request, { username: challenge.username, problem, status: 400 })
      }
      return again(call, request, name, challenge, problem)
    }
  })

async function answered(
  call: PageCall,
  request: AuthorizationRequest,
  name: MfaChallenge,
  challenge: Challenge,
): Promise<Progress> {
  // People type codes in groups: `123 456`.
  const code = field(call, 'code').replaceAll(/\s/g, '')
  if (name !== 'SELECT_MFA_TYPE' && !/^\d{6,8}$/.test(code)) throw codeMismatch()
  switch (name) {
    case 'SELECT_MFA_TYPE':
      return answerChallenge(call, request, challenge, { ANSWER: field(call, 'answer') })
    case 'MFA_SETUP': {
      const verified = await runOperation(call, 'VerifySoftwareToken', {
        Session: challenge.session,
        UserCode: code,
      })
      const next = { ...challenge, session: String(verified['Session']) }
      return answerChallenge(call, request, next, {})
    }
    case 'SOFTWARE_TOKEN_MFA':
    case 'SMS_MFA':
    case 'EMAIL_OTP':
      return answerChallenge(call, request, challenge, { [`${name}_CODE`]: code })
  }
}

function again(
  call: PageCall,
  request: AuthorizationRequest,
  name: MfaChallenge,
  challenge: Challenge,
  problem: string,
): HttpResponse | Promise<HttpResponse> {
  switch (name) {
    case 'SELECT_MFA_TYPE':
      return chooseMfaPage(call, request, challenge, problem)
    case 'MFA_SETUP':
      return setupPage(call, request, challenge, keyIn(call), problem)
    case 'SOFTWARE_TOKEN_MFA':
    case 'SMS_MFA':
    case 'EMAIL_OTP':
      return mfaPage(call, request, challenge, problem)
  }
}

/** The key that the page carries along; what is no key, Base32 of a bounded length, is left out. */
const keyIn = (call: PageCall): string =>
  field(call, 'secret')
    .replaceAll(/[^A-Z2-7]/g, '')
    .slice(0, 128)
