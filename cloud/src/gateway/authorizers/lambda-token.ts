import { AwsError } from '../../kernel/index.ts'
import type { AuthorizerDefinition } from '../definitions.ts'
import { authorizerTtlSecondsDefault } from '../limits.ts'
import { functionAsker, methodArn, type LambdaPorts } from './ask-function.ts'
import { deny, identitySource, type Authorizer } from './authorizer.ts'

type TokenDefinition = Extract<AuthorizerDefinition, { kind: 'token' }>

/**
 * A Lambda authorizer of type TOKEN (API Gateway, "Use API Gateway Lambda authorizers"): the function judges the
 * value of a header. Without it, or where it does not match the validation expression, the answer is 401 and the
 * function is not asked.
 *
 * @throws AwsError BadRequestException for an identity source or expression that cannot be read
 */
export function tokenAuthorizer(definition: TokenDefinition, ports: LambdaPorts): Authorizer {
  const { functionArn, identitySource: source = 'method.request.header.Authorization' } = definition
  const read = identitySource(source)
  if (read === undefined) {
    throw new AwsError('BadRequestException', `Invalid identity source ${source}`)
  }
  const pattern = wholePattern(definition.validationExpression)
  const ttlSeconds = definition.resultTtlSeconds ?? authorizerTtlSecondsDefault
  const ask = functionAsker(ports, { functionArn, form: 'rest', ttlSeconds })
  return (call, { parts }) => {
    const token = read(call)
    if (token === undefined || token === '') return deny('unidentified', '')
    if (pattern?.test(token) === false) return deny('unidentified', '')
    const arn = methodArn(ports.environment, parts())
    return ask({
      identity: [token],
      methodArn: arn,
      call,
      event: () => ({ type: 'TOKEN', methodArn: arn, authorizationToken: token }),
    })
  }
}

function wholePattern(expression: string | undefined): RegExp | undefined {
  if (expression === undefined || expression === '') return undefined
  try {
    return new RegExp(`^(?:${expression})$`)
  } catch {
    throw new AwsError('BadRequestException', `Invalid validation expression ${expression}`)
  }
}
