import { crc32 } from 'node:zlib'
import {
  AwsError,
  JsonText,
  parseJsonInput,
  writeJson,
  type Environment,
  type HttpRequest,
  type HttpResponse,
  type JsonService,
} from '../kernel/index.ts'
import { jsonErrorBody } from './aws-error-body.ts'
import { readSigning } from './credential-scope.ts'
import { errorToAnswer } from './failure.ts'
import { queryErrorHeader } from './query-compatible.ts'

/** One operation of one service, looked up by the whole `X-Amz-Target`. */
type Target = {
  readonly name: string
  readonly run: (input: unknown) => unknown
  readonly unsigned: boolean
  readonly service: Style
}

/** How a service's answers look. */
type Style = {
  readonly contentType: string
  readonly namespace: string | undefined
  /** DynamoDB's habits: its own request ids, checksums, an empty body is no input. */
  readonly dynamo: boolean
}

export type JsonProtocol = (request: HttpRequest, target: string) => ReturnType<JsonAnswer>
type JsonAnswer = () => HttpResponse | Promise<HttpResponse>

const dynamoStyle: Style = {
  contentType: 'application/x-amz-json-1.0',
  namespace: 'com.amazonaws.dynamodb.v20120810',
  dynamo: true,
}

const unknownOperation = new AwsError('UnknownOperationException', '')
const notJson = new AwsError('SerializationException', '')
const unsignedRequest = new AwsError(
  'MissingAuthenticationTokenException',
  'Request is missing Authentication Token',
)

const styleOf = (service: JsonService): Style => ({
  contentType: `application/x-amz-json-${service.version}`,
  namespace: service.errorNamespace,
  dynamo: service.signingName === 'dynamodb',
})

/**
 * AWS JSON 1.0 and 1.1: a POST whose `X-Amz-Target` names the operation, JSON both ways. The order of checks
 * and their bodies are DynamoDB's (observed by dynalite's suite): content type, JSON, operation, signature.
 *
 * An operation that is synchronous is answered in the same tick.
 */
export function jsonProtocol(
  environment: Environment,
  services: readonly JsonService[],
  requestIds: { readonly dynamo: () => string; readonly uuid: () => string },
): JsonProtocol {
  const targets = new Map<string, Target>()
  const prefixes = new Map<string, Style>()
  for (const service of services) {
    const style = styleOf(service)
    prefixes.set(service.target, style)
    for (const [name, run] of service.operations) {
      const unsigned = service.unsigned?.has(name) === true
      targets.set(`${service.target}.${name}`, { name, run, unsigned, service: style })
    }
  }

  function respond(
    status: number,
    style: Style,
    request: HttpRequest,
    body: string | Buffer,
    done?: () => void,
  ): HttpResponse {
    const asked = request.headers['content-type']
    const contentType =
      style.dynamo && asked?.startsWith('application/json') === true
        ? 'application/json'
        : style.contentType
    return {
      status,
      headers: style.dynamo
        ? {
            'content-type': contentType,
            'x-amzn-RequestId': requestIds.dynamo(),
            'x-amz-crc32': `${crc32(body)}`,
          }
        : { 'content-type': contentType, 'x-amzn-RequestId': requestIds.uuid() },
      body,
      done,
    }
  }

  function respondError(error: AwsError, style: Style, request: HttpRequest): HttpResponse {
    const body = writeJson(jsonErrorBody(error, style.namespace))
    const response = respond(error.status, style, request, body)
    if (style.namespace === undefined) {
      return { ...response, headers: { ...response.headers, 'x-amzn-ErrorType': error.code } }
    }
    if (request.headers['x-amzn-query-mode'] !== 'true') return response
    const queryError = queryErrorHeader(error.code, error.fault)
    return { ...response, headers: { ...response.headers, 'x-amzn-query-error': queryError } }
  }

  return (request, targetName) => {
    const target = targets.get(targetName)
    const style =
      target?.service ?? prefixes.get(targetName.slice(0, targetName.indexOf('.'))) ?? dynamoStyle
    if (request.method !== 'POST' || !isJsonType(request)) {
      return unknownOperationPage(requestIds.dynamo())
    }
    const input = parseInput(request.body, style)
    if (input === notJson) return respondError(notJson, style, request)
    if (target === undefined) return respondError(unknownOperation, style, request)
    const refusal = target.unsigned ? undefined : unsignedProblem(request)
    if (refusal !== undefined) return respondError(refusal, style, request)
    if (input === undefined) return respondError(notJson, style, request)
    const failed = (cause: unknown): HttpResponse =>
      respondError(errorToAnswer(environment, target.name, cause, request.body), style, request)
    const succeeded = (output: unknown): HttpResponse => {
      try {
        const body = output === undefined ? '{}' : writeJson(output)
        const done = output instanceof JsonText ? output.done : undefined
        return respond(200, style, request, body, done)
      } catch (cause) {
        return failed(cause)
      }
    }
    try {
      const output = target.run(input)
      return output instanceof Promise ? output.then(succeeded, failed) : succeeded(output)
    } catch (cause) {
      return failed(cause)
    }
  }
}

/** The parsed body; {@link notJson} when it is none; undefined when DynamoDB got no body. */
function parseInput(body: Buffer, style: Style): unknown {
  if (body.length === 0) return style.dynamo ? undefined : {}
  try {
    return parseJsonInput(body)
  } catch {
    return notJson
  }
}

function isJsonType({ headers, body }: HttpRequest): boolean {
  const type = headers['content-type']
  if (type === undefined) return body.length === 0
  return type.startsWith('application/x-amz-json-1.') || type.startsWith('application/json')
}

/** Any credentials are taken, but as on AWS there must be some, in the right form. */
function unsignedProblem(request: HttpRequest): AwsError | undefined {
  const signing = readSigning(request.headers, request.target)
  if (signing.kind === 'signed') return undefined
  return signing.kind === 'unsigned'
    ? unsignedRequest
    : new AwsError('IncompleteSignatureException', signing.message)
}

/** What DynamoDB says to anything that is not one of its requests. */
export const unknownOperationPage = (requestId: string): HttpResponse => ({
  status: 404,
  headers: { 'x-amzn-RequestId': requestId, 'x-amz-crc32': '3552371480' },
  body: '<UnknownOperationException/>\n',
})
