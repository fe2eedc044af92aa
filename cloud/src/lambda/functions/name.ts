import { AwsError, arn, type Environment } from '../../kernel/index.ts'

/** A function named in any of Lambda's ways: name, partial ARN, full ARN, each with an optional qualifier. */
export type FunctionName = { readonly name: string; readonly qualifier?: string }

/** From the Invoke page of the Lambda API reference. */
const NAME_PATTERN =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:[a-z]{2}(?:-gov)?-[a-z]+-\d:)?(?:\d{12}:)?(?:function:)?([a-zA-Z0-9-_]+)(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/
const PATTERN_SHOWN =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?'

/** @throws AwsError ValidationException when the text can be no function's name */
export function parseFunctionName(text: string): FunctionName {
  const match = NAME_PATTERN.exec(text)
  const name = match?.[1]
  if (name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${PATTERN_SHOWN}`,
    )
  }
  const qualifier = match?.[2]
  return qualifier === undefined ? { name } : { name, qualifier }
}

/** What Lambda says of a function, or a version or alias of it, that does not exist. */
export function functionNotFound(
  environment: Environment,
  { name, qualifier }: FunctionName,
): AwsError {
  const resource = `function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`
  return new AwsError(
    'ResourceNotFoundException',
    `Function not found: ${arn(environment, 'lambda', resource)}`,
    { status: 404 },
  )
}
