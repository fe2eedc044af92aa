import type { HttpResponse } from '../../../kernel/index.ts'
import type { PageCall } from '../page-call.ts'
import { authorize } from './authorize.ts'
import { resendCode, showConfirm, submitConfirm } from './confirm.ts'
import { showForgot, submitForgot, submitReset } from './forgot-password.ts'
import { showLogin, submitLogin } from './login.ts'
import { logout } from './logout.ts'
import { submitMfa } from './mfa.ts'
import { submitNewPassword } from './new-password.ts'
import { showSignUp, submitSignUp } from './signup.ts'
import { backToLogin } from './with-request.ts'

export type Answer = HttpResponse | Promise<HttpResponse>

type PageHandlers = {
  readonly get?: (call: PageCall) => Answer
  /** Runs for the page's own form only: origin and CSRF token are checked before. */
  readonly post?: (call: PageCall) => Answer
}

/** Every page; a new one is added here. Those in the middle of a sign-in lead back to its beginning by GET. */
export const pages: Readonly<Record<string, PageHandlers>> = {
  '/oauth2/authorize': { get: authorize },
  '/login': { get: showLogin, post: submitLogin },
  '/newPassword': { get: backToLogin, post: submitNewPassword },
  '/mfa': { get: backToLogin, post: submitMfa },
  '/signup': { get: showSignUp, post: submitSignUp },
  '/confirm': { get: showConfirm, post: submitConfirm },
  '/resendcode': { get: showConfirm, post: resendCode },
  '/forgotPassword': { get: showForgot, post: submitForgot },
  '/confirmForgotPassword': { get: showForgot, post: submitReset },
  '/logout': { get: logout },
}
