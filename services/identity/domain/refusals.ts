import { HttpProblem } from '@cloudlet/kit'

/** The HTTP status of Cognito's exceptions that are the caller's to read. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['UsernameExistsException', 409],
  ['AliasExistsException', 409],
  ['NotAuthorizedException', 401],
  ['RefreshTokenReuseException', 401],
  ['UserNotFoundException', 404],
  ['UserNotConfirmedException', 403],
  ['PasswordResetRequiredException', 403],
  ['ForbiddenException', 403],
  ['CodeMismatchException', 400],
  ['ExpiredCodeException', 400],
  ['InvalidPasswordException', 400],
  ['PasswordHistoryPolicyViolationException', 400],
  ['InvalidParameterException', 400],
  ['EnableSoftwareTokenMFAException', 400],
  ['MFAMethodNotFoundException', 400],
  ['SoftwareTokenMFANotFoundException', 400],
  ['UnsupportedUserStateException', 400],
  ['UserLambdaValidationException', 400],
  ['LimitExceededException', 429],
  ['TooManyFailedAttemptsException', 429],
  ['TooManyRequestsException', 429],
])

/** ForgotPassword's answers for someone unknown, someone disabled, and someone without a proven address. */
const TOLD_BY_EXISTENCE: ReadonlySet<string> = new Set([
  'UserNotFoundException',
  'NotAuthorizedException',
  'InvalidParameterException',
])

/** The answer to an exception of Cognito's, in its own words; undefined for what is not the caller's fault. */
export function problemOf(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Error)) return undefined
  const status = STATUSES.get(error.name)
  return status === undefined ? undefined : new HttpProblem(status, error.message, { cause: error })
}

/**
 * What a sign-in answers instead of an exception. Where a client of the pool does not hide who exists
 * (PreventUserExistenceErrors is LEGACY), an unknown user is answered as a wrong password is.
 */
export function signInProblem(error: unknown): HttpProblem | undefined {
  if (error instanceof Error && error.name === 'UserNotFoundException') {
    return new HttpProblem(401, 'Incorrect username or password.', { cause: error })
  }
  return problemOf(error)
}

/** True for the exceptions by which ForgotPassword would tell that a user is unknown, disabled or without address. */
export const tellsExistence = (error: unknown): boolean =>
  error instanceof Error && TOLD_BY_EXISTENCE.has(error.name)
