import { AwsError } from '../../kernel/index.ts'
import type { Texts } from './texts/english.ts'

/** What went wrong, in the person's language. Triggers' own sentences are passed on as they are. */
export function problemText(texts: Texts, error: unknown): string {
  const { problems } = texts
  if (!(error instanceof AwsError) || error.fault === 'server') throw error
  switch (error.code) {
    case 'NotAuthorizedException':
      return refusalText(texts, error.message)
    case 'UserNotFoundException':
      return problems.wrongPassword
    case 'InvalidPasswordException':
      return problems.policy
    case 'PasswordHistoryPolicyViolationException':
      return problems.usedBefore
    case 'CodeMismatchException':
    case 'ExpiredCodeException':
    case 'EnableSoftwareTokenMFAException':
      return problems.wrongCode
    case 'LimitExceededException':
    case 'TooManyRequestsException':
      return problems.tooMany
    case 'UsernameExistsException':
      return problems.usernameExists
    case 'AliasExistsException':
      return problems.aliasExists
    case 'InvalidParameterException':
      return /^\d+ validation error/.test(error.message) ? problems.invalid : error.message
    case 'UserLambdaValidationException':
      return error.message
    default:
      return problems.unexpected
  }
}

function refusalText({ problems }: Texts, message: string): string {
  if (message === 'Password attempts exceeded') return problems.locked
  if (message === 'User is disabled.') return problems.disabled
  if (message.startsWith('Temporary password has expired')) return problems.temporaryExpired
  if (message.startsWith('Invalid session')) return problems.sessionEnded
  if (message.startsWith('SignUp is not permitted')) return problems.noSignUp
  return problems.wrongPassword
}

/** A sign-in that has to begin again: its session is over, used or not of this client. */
export const isSessionOver = (error: unknown): boolean =>
  error instanceof AwsError &&
  error.code === 'NotAuthorizedException' &&
  error.message.startsWith('Invalid session')
