import type { HttpResponse } from '../../../kernel/index.ts'
import type { AuthorizationRequest } from '../oauth/authorization-request.ts'
import type { PageCall } from '../page-call.ts'
import { complete, type Progress } from '../sign-in-steps.ts'
import { errorPage } from './error.ts'
import { chooseMfaPage, mfaPage, setupMfaPage } from './mfa-pages.ts'
import { newPasswordPage } from './new-password-page.ts'

/** After a step of signing in: the page for the challenge that comes next, or back to the application. */
export function proceed(
  call: PageCall,
  request: AuthorizationRequest,
  progress: Progress,
): HttpResponse | Promise<HttpResponse> {
  if (progress.kind === 'signedIn') return complete(call, request, progress.user)
  const { answer, username } = progress
  const { ChallengeName: name = '', Session: session = '', ChallengeParameters } = answer
  const challenge = { name, session, username, parameters: ChallengeParameters }
  switch (name) {
    case 'NEW_PASSWORD_REQUIRED':
      return newPasswordPage(call, request, challenge)
    case 'SOFTWARE_TOKEN_MFA':
    case 'SMS_MFA':
    case 'EMAIL_OTP':
      return mfaPage(call, request, challenge)
    case 'SELECT_MFA_TYPE':
      return chooseMfaPage(call, request, challenge)
    case 'MFA_SETUP':
      return setupMfaPage(call, request, challenge)
    default:
      return errorPage(call, 'method')
  }
}
