import type { HttpResponse } from '../kernel/index.ts'
import { gatewayResponses, type GatewayError } from './answers/gateway-responses.ts'
import { mockAnswer } from './answers/mock.ts'
import type { TemplateContext } from './answers/template.ts'
import { restAnswer } from './answers/v1.ts'
import type { Verdict } from './authorizers/authorizer.ts'
import type { Api, ApiCall } from './call.ts'
import type { LambdaIntegration, RestApiDefinition, RestRoute } from './definitions.ts'
import { noBody, restApiBody } from './events/body.ts'
import { restEvent, type EventParts, type EventSource } from './events/v1.ts'
import { invokeWithin, type Outcome } from './invoke.ts'
import { functionPayloadBytesMax, restTimeoutMsMax } from './limits.ts'
import { stagePipeline, type ApiPorts, type Found, type Passed, type Refusal } from './pipeline.ts'
import { extendedRequestIds, traceHeaders } from './request-ids.ts'

/** One request's ids, as events and answers show them. */
type Ids = {
  readonly requestId: string
  readonly extendedRequestId: string
  readonly traceId: string
}

/**
 * A REST API's stage. What the gateway itself answers goes through the API's gateway responses.
 *
 * @throws AwsError BadRequestException for an authorizer that is missing or of a kind that is not simulated
 */
export function restApi(definition: RestApiDefinition, ports: ApiPorts): Api {
  const { environment } = ports
  const { apiId, name, basePath, stage } = definition
  const extendedId = extendedRequestIds(environment.ids)
  const trace = traceHeaders(environment.ids)
  const gatewayResponse = gatewayResponses(definition.gatewayResponses ?? {})
  const source: EventSource = {
    accountId: environment.accountId,
    apiId,
    stage: stage.name,
    stageVariables: stage.variables,
  }

  const refuse = (error: GatewayError, call: ApiCall, ids: Ids, resource: string): HttpResponse =>
    finish(gatewayResponse(error, call, templateContext(source, call, ids, resource)), ids)

  const partsOf = ({ call, route, parameters }: Found<RestRoute>, ids: Ids): EventParts => ({
    call,
    source,
    resource: route.path,
    parameters,
    body: noBody,
    ...ids,
    authorizer: undefined,
  })
  const runLambda = lambdaRunner(definition, partsOf, ports, refuse)
  const pipeline = stagePipeline<RestRoute, Ids>(definition, 'resources', ports.makeAuthorizer, {
    parts: partsOf,
    refuse: (refusal, call, ids, route) =>
      refuse(refusalError(refusal), call, ids, route?.path ?? ''),
    run(passed, ids) {
      const { call, route } = passed
      if (route.integration.kind === 'lambda') return runLambda(passed, route.integration, ids)
      const context = templateContext(source, call, ids, route.path)
      const answer = mockAnswer(route.integration, call, context)
      return answer === undefined
        ? refuse({ type: 'API_CONFIGURATION_ERROR' }, call, ids, route.path)
        : finish(answer, ids)
    },
  })

  return {
    apiId,
    name,
    kind: 'REST',
    stage: stage.name,
    basePath,
    handle: (call) =>
      pipeline(call, {
        requestId: environment.ids.uuid(),
        extendedRequestId: extendedId(),
        traceId: call.request.headers['x-amzn-trace-id'] ?? trace(call.nowMs),
      }),
  }
}

type Refuse = (error: GatewayError, call: ApiCall, ids: Ids, resource: string) => HttpResponse

/** Calls a proxy integration's function and answers with what it says. */
function lambdaRunner(
  definition: RestApiDefinition,
  partsOf: (found: Found<RestRoute>, ids: Ids) => EventParts,
  { environment, invoke }: ApiPorts,
  refuse: Refuse,
): (passed: Passed<RestRoute>, integration: LambdaIntegration, ids: Ids) => Promise<HttpResponse> {
  const binaryMediaTypes = definition.binaryMediaTypes ?? []
  return async (passed, integration, ids) => {
    const { call, route, allowed } = passed
    const { headers, body } = call.request
    const event = restEvent(
      {
        ...partsOf(passed, ids),
        body: restApiBody(body, headers['content-type'], binaryMediaTypes),
        authorizer: allowed?.v1,
        identity: allowed?.identity,
      },
      route.resourceId ?? null,
    )
    const outcome = await invokeWithin(environment, invoke, integration, restTimeoutMsMax, event)
    if (outcome.kind !== 'answer') return refuse(outcomeErrors[outcome.kind], call, ids, route.path)
    const answer =
      outcome.payload.length > functionPayloadBytesMax
        ? undefined
        : restAnswer(outcome.payload, headers['accept'], binaryMediaTypes)
    if (answer === undefined) return refuse(malformedAnswer, call, ids, route.path)
    const traced = { 'x-amzn-trace-id': ids.traceId, ...answer.headers }
    return finish({ ...answer, headers: traced }, ids)
  }
}

const finish = (response: HttpResponse, ids: Ids): HttpResponse => ({
  status: response.status,
  headers: {
    ...response.headers,
    'x-amzn-RequestId': ids.requestId,
    'x-amz-apigw-id': ids.extendedRequestId,
  },
  body: response.body,
})

/** The `$context` variables of templates (API Gateway, "Variables for data transformations"). */
function templateContext(
  source: EventSource,
  call: ApiCall,
  ids: Ids,
  resourcePath: string,
): TemplateContext {
  const variables = Object.entries(source.stageVariables ?? {})
  return {
    ...Object.fromEntries(variables.map(([name, value]) => [`stageVariables.${name}`, value])),
    accountId: source.accountId,
    apiId: source.apiId,
    stage: source.stage,
    path: call.publicPath,
    resourcePath,
    httpMethod: call.request.method,
    requestId: ids.requestId,
    extendedRequestId: ids.extendedRequestId,
    'identity.sourceIp': call.request.remoteAddress,
    'identity.userAgent': call.request.headers['user-agent'] ?? '',
  }
}

/**
 * 502 for what the function did (API Gateway, "Handle Lambda errors in API Gateway"), 504 for its silence, 500 where
 * it could not be invoked.
 */
const outcomeErrors: Readonly<Record<Exclude<Outcome['kind'], 'answer'>, GatewayError>> = {
  'too long': { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' },
  'function error': { type: 'INTEGRATION_FAILURE', status: 502 },
  timeout: { type: 'INTEGRATION_TIMEOUT' },
  throttled: { type: 'INTEGRATION_FAILURE', status: 500 },
  failed: { type: 'API_CONFIGURATION_ERROR' },
}

const malformedAnswer: GatewayError = { type: 'API_CONFIGURATION_ERROR', status: 502 }

function refusalError(refusal: Refusal): GatewayError {
  switch (refusal.kind) {
    case 'too large':
      return { type: 'REQUEST_TOO_LARGE' }
    case 'headers too large':
      return { type: 'REQUEST_TOO_LARGE', status: 431, message: 'Request Header Fields Too Large' }
    case 'no route':
      return { type: 'MISSING_AUTHENTICATION_TOKEN' }
    case 'throttled':
      return { type: 'THROTTLED' }
    case 'denied':
      return denialError(refusal.verdict)
  }
}

function denialError({
  reason,
  description,
  code,
}: Extract<Verdict, { kind: 'deny' }>): GatewayError {
  switch (reason) {
    case 'expired':
      return { type: 'UNAUTHORIZED', message: 'The incoming token has expired' }
    case 'missing':
    case 'invalid':
    case 'scope': // answered like a bad token
    case 'unidentified':
      return { type: 'UNAUTHORIZED' }
    case 'refused':
      return { type: 'ACCESS_DENIED', message: description }
    case 'failed':
      return { type: 'AUTHORIZER_FAILURE' }
    case 'misconfigured':
      return { type: 'AUTHORIZER_CONFIGURATION_ERROR' }
    case 'unsigned':
      return { type: 'MISSING_AUTHENTICATION_TOKEN' }
    case 'signature':
      return {
        type: 'INVALID_SIGNATURE',
        message: description,
        ...(code === undefined ? {} : { errorType: code }),
      }
  }
}
