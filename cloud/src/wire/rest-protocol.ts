import {
  AwsError,
  writeJson,
  type Environment,
  type HttpRequest,
  type HttpResponse,
  type RestAnswer,
  type RestService,
} from '../kernel/index.ts'
import { restErrorBody } from './aws-error-body.ts'
import type { Signing } from './credential-scope.ts'
import { errorToAnswer } from './failure.ts'
import { restRoutes } from './rest-routes.ts'

/** Answers a REST-JSON request, or undefined when no service has such a path. */
export type RestProtocol = (
  request: HttpRequest,
  signing: Signing,
) => HttpResponse | Promise<HttpResponse> | undefined

/** REST-JSON, as Lambda speaks it: operations by method and path, the error's code in `x-amzn-ErrorType`. */
export function restProtocol(
  environment: Environment,
  services: readonly RestService[],
  requestId: () => string,
): RestProtocol {
  const find = restRoutes(services)

  function respond({ status, headers, body }: RestAnswer): HttpResponse {
    const plain = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
    return {
      status,
      headers: {
        'content-type': 'application/json',
        // An operation that names its request gives the same header, in lower case.
        ...(headers?.['x-amzn-requestid'] === undefined ? { 'x-amzn-RequestId': requestId() } : {}),
        ...headers,
      },
      body: plain ? (body ?? '') : writeJson(body),
    }
  }

  const respondError = (error: AwsError): HttpResponse =>
    respond({
      status: error.status,
      headers: { 'x-amzn-ErrorType': error.code },
      body: restErrorBody(error),
    })

  return (request, signing) => {
    const mark = request.target.indexOf('?')
    const path = mark === -1 ? request.target : request.target.slice(0, mark)
    const signingName = signing.kind === 'signed' ? signing.scope.service : undefined
    const match = find(request.method, path, signingName)
    if (match === undefined) return undefined
    if (signing.kind !== 'signed') return respondError(signingError(signing))
    const failed = (cause: unknown): HttpResponse =>
      respondError(errorToAnswer(environment, match.route.operation, cause, request.body))
    try {
      const answer = match.route.run({
        parameters: match.parameters,
        query: new URLSearchParams(mark === -1 ? '' : request.target.slice(mark + 1)),
        headers: request.headers,
        body: request.body,
      })
      return answer instanceof Promise ? answer.then(respond).catch(failed) : respond(answer)
    } catch (cause) {
      return failed(cause)
    }
  }
}

const signingError = (signing: Exclude<Signing, { kind: 'signed' }>): AwsError =>
  signing.kind === 'unsigned'
    ? new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', {
        status: 403,
      })
    : new AwsError('IncompleteSignatureException', signing.message, { status: 403 })
