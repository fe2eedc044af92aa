import type { AwsError } from '../kernel/index.ts'

/** Errors that AWS's service framework answers with for every service, and the namespace it gives them. */
const frameworkNamespaces: ReadonlyMap<string, string> = new Map([
  ['SerializationException', 'com.amazon.coral.service'],
  ['UnknownOperationException', 'com.amazon.coral.service'],
  ['MissingAuthenticationTokenException', 'com.amazon.coral.service'],
  ['IncompleteSignatureException', 'com.amazon.coral.service'],
  ['InvalidSignatureException', 'com.amazon.coral.service'],
  ['UnrecognizedClientException', 'com.amazon.coral.service'],
  ['AccessDeniedException', 'com.amazon.coral.service'],
  ['ValidationException', 'com.amazon.coral.validate'],
  ['ThrottlingException', 'com.amazon.coral.availability'],
])

/** Errors whose sentence travels as `Message`; all others write `message` (observed on DynamoDB). */
const capitalised = new Set(['SerializationException', 'TransactionCanceledException'])

/**
 * The body of an error of a JSON protocol: `{"__type": "<namespace>#<Code>", "message": …}` with the error's
 * details beside it. Services without a namespace send the bare code.
 */
export function jsonErrorBody(
  error: AwsError,
  namespace: string | undefined,
): Record<string, unknown> {
  const type =
    namespace === undefined
      ? error.code
      : `${frameworkNamespaces.get(error.code) ?? namespace}#${error.code}`
  const key = namespace !== undefined && capitalised.has(error.code) ? 'Message' : 'message'
  return {
    __type: type,
    ...error.details,
    ...(error.message === '' ? {} : { [key]: error.message }),
  }
}

/** Lambda's errors whose model spells the member `message`; its other errors have `Message`. */
const lowerCaseInRest = new Set([
  'InvalidParameterValueException',
  'ResourceConflictException',
  'TooManyRequestsException',
  'CodeStorageExceededException',
  'MissingAuthenticationTokenException',
])

/** The body of a REST-JSON error; its code travels in the `x-amzn-ErrorType` header. */
export const restErrorBody = (error: AwsError): Record<string, unknown> => ({
  Type: error.fault === 'client' ? 'User' : 'Service',
  ...error.details,
  [lowerCaseInRest.has(error.code) ? 'message' : 'Message']: error.message,
})
