import {
  requestBodyBytesMax,
  type Environment,
  type HttpHandler,
  type HttpMount,
  type HttpRequest,
  type HttpResponse,
  type JsonService,
  type QueryService,
  type RestService,
  type Service,
} from '../kernel/index.ts'
import { corsHeaders, isPreflight, preflightAnswer } from './cors.ts'
import { readSigning } from './credential-scope.ts'
import { gzipped, wantsGzip } from './gzip.ts'
import { createGuard } from './guard.ts'
import { serveHttp, type HttpServer } from './http-server.ts'
import { jsonProtocol, unknownOperationPage } from './json-protocol.ts'
import { queryProtocol } from './query-protocol.ts'
import { dynamoRequestIds } from './request-ids.ts'
import { restProtocol } from './rest-protocol.ts'

type WireOptions = {
  readonly environment: Environment
  readonly services: readonly Service[]
  /** See {@link createGuard}. */
  readonly allowedHosts?: readonly string[]
  readonly allowedOrigins?: readonly string[]
  /** Further ports of the cloud whose pages may call: the front door's, the console's. */
  readonly ownPorts?: () => readonly number[]
}

export type Wire = {
  /** Answers a request from inside this process: without a socket, and so without the guard. */
  readonly handle: HttpHandler
  /** Serves the AWS endpoint. @throws Error naming a port that cannot be listened on */
  readonly listen: (o: {
    readonly port: number
    readonly host: string
    readonly portOption?: string
  }) => Promise<HttpServer>
}

/**
 * The AWS endpoint: one address for every service. Mounts are asked first; then `X-Amz-Target` (JSON), a form
 * with an `Action` (Query), method and path (REST). Requests must be signed as on AWS, but any credentials are
 * taken: the endpoint is for one machine, and the guard keeps others away.
 */
export function createWire(options: WireOptions): Wire {
  const { environment, services } = options
  const uuid = (): string => environment.ids.uuid()
  const dynamo = dynamoRequestIds(environment.ids)
  const mounts = services.filter((each): each is HttpMount => each.kind === 'http')
  const json = jsonProtocol(
    environment,
    services.filter((each): each is JsonService => each.kind === 'json'),
    { dynamo, uuid },
  )
  const query = queryProtocol(
    environment,
    services.filter((each): each is QueryService => each.kind === 'query'),
    uuid,
  )
  const rest = restProtocol(
    environment,
    services.filter((each): each is RestService => each.kind === 'rest'),
    uuid,
  )

  function protocolAnswer(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    if (isPreflight(request)) return withRequestId(preflightAnswer(request), dynamo())
    const target = request.headers['x-amz-target']
    if (target !== undefined) return json(request, target)
    const signing = readSigning(request.headers, request.target)
    return (
      query(request, signing) ??
      rest(request, signing) ??
      (isBareJson(request) ? json(request, '') : unknownOperationPage(dynamo()))
    )
  }

  function handle(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    // Calls to JSON services are most of the load; they go to the root, which no mount may claim from them.
    if (request.target !== '/' || request.headers['x-amz-target'] === undefined) {
      for (const mount of mounts) if (mount.match(request)) return mount.handle(request)
    }
    const answer = protocolAnswer(request)
    if (request.headers['origin'] === undefined) return answer
    return answer instanceof Promise ? answer.then(withCors) : withCors(answer)
  }

  function handleFromSocket(request: HttpRequest): HttpResponse | Promise<HttpResponse> {
    const answer = handle(request)
    if (request.headers['accept-encoding'] === undefined) return answer
    if (answer instanceof Promise) {
      return answer.then((each) => (wantsGzip(request, each) ? gzipped(each) : each))
    }
    return wantsGzip(request, answer) ? gzipped(answer) : answer
  }

  return {
    handle(request) {
      const answer = handle(request)
      return answer instanceof Promise ? answer.then(kept) : kept(answer)
    },
    async listen({ port, host, portOption }) {
      let ownPort = 0
      const guard = createGuard({
        host,
        ownPorts: () => [ownPort, ...(options.ownPorts?.() ?? [])],
        mayNavigate: (request) => mounts.some((mount) => mount.match(request)),
        ...(options.allowedHosts === undefined ? {} : { allowedHosts: options.allowedHosts }),
        ...(options.allowedOrigins === undefined ? {} : { allowedOrigins: options.allowedOrigins }),
      })
      const server = await serveHttp({
        environment,
        handler: handleFromSocket,
        port,
        host,
        bodyBytesMax: requestBodyBytesMax,
        guard,
        inflate: true,
        refuse: (request, status) => refusedBody(request, status, dynamo()),
        ...(portOption === undefined ? {} : { portOption }),
      })
      ownPort = server.port
      return server
    },
  }
}

/** An answer whose body is its own for good. */
function kept(answer: HttpResponse): HttpResponse {
  const { done, body, ...rest } = answer
  if (done === undefined) return answer
  const copy = Buffer.from(body)
  done()
  return { ...rest, body: copy }
}

/** A JSON body without a target: DynamoDB's own word for that is an unknown operation. */
const isBareJson = ({ method, headers }: HttpRequest): boolean =>
  method === 'POST' && /^application\/(x-amz-json-1\.|json)/.test(headers['content-type'] ?? '')

const withRequestId = (response: HttpResponse, id: string): HttpResponse => ({
  ...response,
  headers: { ...response.headers, 'x-amzn-RequestId': id },
})

const withCors = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: { ...corsHeaders, ...response.headers },
})

/** AWS's service framework calls a body that it cannot take a serialization problem. */
function refusedBody(
  request: HttpRequest,
  status: 413 | 415 | 400,
  requestId: string,
): HttpResponse {
  const type = request.headers['content-type'] ?? ''
  const headers = {
    'content-type': type.startsWith('application/x-amz-json-1.') ? type : 'application/json',
    'x-amzn-RequestId': requestId,
  }
  const body =
    status === 413
      ? {
          __type: 'com.amazon.coral.service#RequestEntityTooLargeException',
          message: 'Request size limit exceeded',
        }
      : {
          __type: 'com.amazon.coral.service#SerializationException',
          Message:
            status === 415
              ? 'Unsupported Content-Encoding'
              : 'The body is not what its Content-Encoding says',
        }
  return { status, headers, body: JSON.stringify(body) }
}
