import { AwsError } from '../../kernel/index.ts'
import type { ApiCall } from '../call.ts'
import type { AuthorizerDefinition } from '../definitions.ts'
import { httpRequestV1, restRequest } from '../events/v1.ts'
import { httpRequestV2 } from '../events/v2.ts'
import { authorizerTtlSecondsDefault } from '../limits.ts'
import { functionAsker, methodArn, type LambdaPorts } from './ask-function.ts'
import { deny, identitySource, type Asked, type Authorizer } from './authorizer.ts'

type RequestDefinition = Extract<AuthorizerDefinition, { kind: 'request' }>
type ReadIdentity = (call: ApiCall, asked: Asked) => string | undefined

/**
 * A Lambda authorizer of type REQUEST: the function judges the whole request but for its body. Where an identity
 * source is missing the answer is 401 and the function is not asked (API Gateway, "Use API Gateway Lambda
 * authorizers", "Control access to HTTP APIs with AWS Lambda authorizers").
 *
 * @throws AwsError BadRequestException for an identity source that cannot be read
 */
export function requestAuthorizer(definition: RequestDefinition, ports: LambdaPorts): Authorizer {
  const { functionArn, format } = definition
  const sources = definition.identitySources.map(identityReader)
  const ttlDefault = format === 'rest' ? authorizerTtlSecondsDefault : 0
  const ask = functionAsker(ports, {
    functionArn,
    form: format === '2.0' && definition.simpleResponses === true ? 'simple' : format,
    // Without an identity there is nothing to keep an answer by.
    ttlSeconds: sources.length === 0 ? 0 : (definition.resultTtlSeconds ?? ttlDefault),
  })
  return (call, asked) => {
    const identity: string[] = []
    for (const read of sources) {
      const value = read(call, asked)
      if (value === undefined || value === '') return deny('unidentified', '')
      identity.push(value)
    }
    const arn = methodArn(ports.environment, asked.parts())
    const event = () => eventOf(format, asked, identity, arn)
    return ask({ identity, methodArn: arn, call, event })
  }
}

function eventOf(
  format: RequestDefinition['format'],
  { parts, routeKey, resourceId }: Asked,
  identity: readonly string[],
  arn: string,
): object {
  switch (format) {
    case 'rest':
      return { type: 'REQUEST', methodArn: arn, ...restRequest(parts(), resourceId ?? null) }
    case '1.0': {
      const joined = identity.join(',')
      return {
        version: '1.0',
        type: 'REQUEST',
        methodArn: arn,
        identitySource: joined,
        authorizationToken: joined,
        ...httpRequestV1(parts()),
      }
    }
    case '2.0':
      return {
        version: '2.0',
        type: 'REQUEST',
        routeArn: arn,
        identitySource: identity.length === 0 ? null : identity,
        ...httpRequestV2(parts(), routeKey),
      }
  }
}

/** Headers and query parameters, and what the API knows: stage variables and `$context`. */
function identityReader(source: string): ReadIdentity {
  const ofCall = identitySource(source)
  if (ofCall !== undefined) return ofCall
  const [, kind, name = ''] = /^\$?(stageVariables|context)\.([\w.]+)$/.exec(source) ?? []
  if (kind === 'stageVariables') {
    return (_call, { parts }) => {
      const variables = parts().source.stageVariables ?? {}
      return Object.hasOwn(variables, name) ? variables[name] : undefined
    }
  }
  const ofContext = kind === 'context' ? contextValues.get(name) : undefined
  if (ofContext !== undefined) return ofContext
  throw new AwsError('BadRequestException', `Invalid identity source ${source}`)
}

/** The `$context` variables that can tell callers or routes apart. */
const contextValues: ReadonlyMap<string, ReadIdentity> = new Map<string, ReadIdentity>([
  ['routeKey', (_call, { routeKey }) => routeKey],
  ['httpMethod', ({ request }) => request.method],
  ['path', ({ publicPath }) => publicPath],
  ['resourcePath', (_call, { parts }) => parts().resource],
  ['identity.sourceIp', ({ request }) => request.remoteAddress],
  ['identity.userAgent', ({ request }) => request.headers['user-agent']],
  ['stage', (_call, { parts }) => parts().source.stage],
])
