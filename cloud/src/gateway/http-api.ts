import type { HttpResponse } from '../kernel/index.ts'
import { httpAnswerV1 } from './answers/v1.ts'
import { httpAnswerV2 } from './answers/v2.ts'
import type { Verdict } from './authorizers/authorizer.ts'
import type { Api, ApiCall } from './call.ts'
import { corsOf } from './cors.ts'
import type { HttpApiDefinition, HttpRoute } from './definitions.ts'
import { httpApiBody, noBody } from './events/body.ts'
import { httpEventV1, type EventParts, type EventSource } from './events/v1.ts'
import { httpEventV2 } from './events/v2.ts'
import { invokeWithin, type Outcome } from './invoke.ts'
import { functionPayloadBytesMax, httpTimeoutMsMax } from './limits.ts'
import {
  routeKey,
  stagePipeline,
  type ApiPorts,
  type Found,
  type Passed,
  type Refusal,
} from './pipeline.ts'
import { extendedRequestIds, traceHeaders } from './request-ids.ts'

/** One request's ids, as events and answers show them. */
type Ids = { readonly requestId: string; readonly traceId: string }

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
  const trace = traceHeaders(environment.ids)
  const partsOf = partsReader(definition, environment.accountId)

  function finish(call: ApiCall, requestId: string, response: HttpResponse): HttpResponse {
    const { status, headers, body } = cors?.apply(call.request, response) ?? response
    return { status, headers: { ...headers, 'apigw-requestid': requestId }, body }
  }

  const pipeline = stagePipeline<HttpRoute, Ids>(definition, 'routes', ports.makeAuthorizer, {
    parts: partsOf,
    refuse: (refusal, call, { requestId }, route) =>
      finish(call, requestId, refusalAnswer(refusal, route?.scopes ?? [])),
    async run(passed, ids) {
      const { integration } = passed.route
      const event = eventOf(passed, partsOf(passed, ids))
      const outcome = await invokeWithin(environment, invoke, integration, httpTimeoutMsMax, event)
      return finish(passed.call, ids.requestId, outcomeAnswer(outcome, integration.payloadVersion))
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
        ? pipeline(call, { requestId, traceId: trace(call.nowMs) })
        : { ...preflight, headers: { ...preflight.headers, 'apigw-requestid': requestId } }
    },
  }
}

/** Gathers what events show of a call, but for its body. */
function partsReader(
  { apiId, stage }: HttpApiDefinition,
  accountId: string,
): (found: Found<HttpRoute>, ids: Ids) => EventParts {
  const source: EventSource = {
    accountId,
    apiId,
    stage: stage.name,
    stageVariables: stage.variables,
  }
  return ({ call, route, parameters }, { requestId, traceId }) => ({
    call,
    source,
    resource: route.path,
    parameters,
    body: noBody,
    requestId,
    extendedRequestId: requestId,
    traceId,
    authorizer: undefined,
  })
}

/** The event in the payload format of the route's integration. */
function eventOf({ call, route, allowed }: Passed<HttpRoute>, parts: EventParts): string {
  const body = httpApiBody(call.request.body, call.request.headers['content-type'])
  return route.integration.payloadVersion === '2.0'
    ? httpEventV2({ ...parts, body, authorizer: allowed?.v2 }, routeKey(route))
    : httpEventV1({ ...parts, body, authorizer: allowed?.v1, identity: allowed?.identity })
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

/** API Gateway, "Troubleshooting issues with HTTP API JWT authorizers" and "… HTTP API Lambda authorizers". */
function denial(
  { reason, description }: Extract<Verdict, { kind: 'deny' }>,
  scopes: readonly string[],
): HttpResponse {
  const challenge = (error: string) => ({
    'www-authenticate': `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`,
  })
  switch (reason) {
    case 'missing':
      return message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' })
    case 'invalid':
    case 'expired':
      return message(401, 'Unauthorized', challenge('invalid_token'))
    case 'scope':
      return message(403, 'Forbidden', challenge('insufficient_scope'))
    case 'unidentified':
      return message(401, 'Unauthorized')
    case 'refused':
    case 'unsigned':
    case 'signature':
      return message(403, 'Forbidden')
    case 'failed':
    case 'misconfigured':
      return serverError
  }
}
