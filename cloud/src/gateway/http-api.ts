import type { HttpResponse } from '../kernel/index.ts'
import { httpAnswerV1 } from './answers/v1.ts'
import { httpAnswerV2 } from './answers/v2.ts'
import type { Verdict } from './authorizers/authorizer.ts'
import type { Api, ApiCall } from './call.ts'
import { corsOf } from './cors.ts'
import type { HttpApiDefinition, HttpRoute } from './definitions.ts'
import { httpApiBody } from './events/body.ts'
import { httpEventV1, type EventParts, type EventSource } from './events/v1.ts'
import { httpEventV2 } from './events/v2.ts'
import { invokeWithin, type Outcome } from './invoke.ts'
import { functionPayloadBytesMax, httpTimeoutMsMax } from './limits.ts'
import { stagePipeline, type ApiPorts, type Passed, type Refusal } from './pipeline.ts'
import { extendedRequestIds, traceHeaders } from './request-ids.ts'

/**
 * An HTTP API's stage, with HTTP APIs' fixed answers for all that the gateway refuses.
 *
 * @throws AwsError BadRequestException for an authorizer that is missing or of a kind that is not simulated
 */
export function httpApi(definition: HttpApiDefinition, ports: ApiPorts): Api {
  const { environment, invoke } = ports
  const { apiId, name, basePath, stage } = definition
  const cors = definition.cors === undefined ? undefined : corsOf(definition.cors)
  const requestIds = extendedRequestIds(environment.ids)
  const eventOf = eventWriter(definition, ports)

  function finish(call: ApiCall, requestId: string, response: HttpResponse): HttpResponse {
    const { status, headers, body } = cors?.apply(call.request, response) ?? response
    return { status, headers: { ...headers, 'apigw-requestid': requestId }, body }
  }

  const pipeline = stagePipeline<HttpRoute, string>(definition, 'routes', ports.makeAuthorizer, {
    refuse: (refusal, call, requestId, route) =>
      finish(call, requestId, refusalAnswer(refusal, route?.scopes ?? [])),
    async run(passed, requestId) {
      const { integration } = passed.route
      const event = eventOf(passed, requestId)
      const outcome = await invokeWithin(environment, invoke, integration, httpTimeoutMsMax, event)
      return finish(passed.call, requestId, outcomeAnswer(outcome, integration.payloadVersion))
    },
  })

  return {
    apiId,
    name,
    kind: 'HTTP',
    stage: stage.name,
    basePath,
    handle(call) {
      const requestId = requestIds()
      const preflight = cors?.preflight(call.request)
      return preflight === undefined
        ? pipeline(call, requestId)
        : { ...preflight, headers: { ...preflight.headers, 'apigw-requestid': requestId } }
    },
  }
}

/** Writes events in the payload format of the route's integration. */
function eventWriter(
  { apiId, stage }: HttpApiDefinition,
  { environment }: ApiPorts,
): (passed: Passed<HttpRoute>, requestId: string) => string {
  const trace = traceHeaders(environment.ids)
  const source: EventSource = {
    accountId: environment.accountId,
    apiId,
    stage: stage.name,
    stageVariables: stage.variables,
  }
  return ({ call, route, parameters, allowed }, requestId) => {
    const version2 = route.integration.payloadVersion === '2.0'
    const parts: EventParts = {
      call,
      source,
      resource: route.path,
      parameters,
      body: httpApiBody(call.request.body, call.request.headers['content-type']),
      requestId,
      extendedRequestId: requestId,
      traceId: trace(call.nowMs),
      authorizer: version2 ? allowed?.v2 : allowed?.v1,
    }
    if (!version2) return httpEventV1(parts)
    const key = route.path === '$default' ? '$default' : `${route.method} ${route.path}`
    return httpEventV2(parts, key)
  }
}

const message = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message: text }),
})

const tooLarge = message(413, 'Request Entity Too Large')
const serverError = message(500, 'Internal Server Error')
const unavailable = message(503, 'Service Unavailable')

function outcomeAnswer(outcome: Outcome, payloadVersion: '1.0' | '2.0'): HttpResponse {
  switch (outcome.kind) {
    case 'answer': {
      const { payload } = outcome
      if (payload.length > functionPayloadBytesMax) return serverError
      const answer = payloadVersion === '2.0' ? httpAnswerV2(payload) : httpAnswerV1(payload)
      return answer ?? serverError
    }
    case 'too long':
      return tooLarge
    case 'timeout':
    case 'throttled':
      return unavailable
    case 'function error':
    case 'failed':
      return serverError
  }
}

function refusalAnswer(refusal: Refusal, scopes: readonly string[]): HttpResponse {
  switch (refusal.kind) {
    case 'too large':
      return tooLarge
    case 'headers too large':
      return message(431, 'Request Header Fields Too Large')
    case 'no route':
      return message(404, 'Not Found')
    case 'throttled':
      return message(429, 'Too Many Requests')
    case 'denied':
      return denial(refusal.verdict, scopes)
  }
}

/** API Gateway, "Troubleshooting issues with HTTP API JWT authorizers". */
function denial(
  { reason, description }: Extract<Verdict, { kind: 'deny' }>,
  scopes: readonly string[],
): HttpResponse {
  if (reason === 'missing') return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' })
  const error = reason === 'scope' ? 'insufficient_scope' : 'invalid_token'
  const challenge = `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`
  return reason === 'scope'
    ? message(403, 'Forbidden', { 'www-authenticate': challenge })
    : message(401, 'Unauthorized', { 'www-authenticate': challenge })
}
