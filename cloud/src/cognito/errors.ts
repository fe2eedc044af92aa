import { AwsError } from '../kernel/index.ts'

/** Cognito's errors in its own sentences, each named once. */

export const notAuthorized = (message = 'Incorrect username or password.'): AwsError =>
  new AwsError('NotAuthorizedException', message)
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message)
export const notFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message)
export const userNotFound = (message = 'User does not exist.'): AwsError =>
  new AwsError('UserNotFoundException', message)
export const userNotConfirmed = (): AwsError =>
  new AwsError('UserNotConfirmedException', 'User is not confirmed.')
export const usernameExists = (message = 'User already exists'): AwsError =>
  new AwsError('UsernameExistsException', message)
export const aliasExists = (kind: string): AwsError =>
  new AwsError(
    'AliasExistsException',
    kind === 'preferred_username'
      ? 'Already found an entry for the preferred username.'
      : `An account with the ${kind === 'email' ? 'email' : 'phone_number'} already exists.`,
  )
export const invalidPassword = (message: string): AwsError =>
  new AwsError('InvalidPasswordException', message)
export const codeMismatch = (
  message = 'Invalid verification code provided, please try again.',
): AwsError => new AwsError('CodeMismatchException', message)
export const expiredCode = (
  message = 'Invalid code provided, please request a code again.',
): AwsError => new AwsError('ExpiredCodeException', message)
export const limitExceeded = (
  message = 'Attempt limit exceeded, please try after some time.',
): AwsError => new AwsError('LimitExceededException', message)
export const passwordResetRequired = (): AwsError =>
  new AwsError('PasswordResetRequiredException', 'Password reset required for the user')
export const invalidAccessToken = (): AwsError => notAuthorized('Invalid Access Token')
export const tooManyFailures = (): AwsError => notAuthorized('Password attempts exceeded')
