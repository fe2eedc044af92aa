import type { HttpHandler, HttpRequest, HttpResponse } from '../kernel/index.ts'

/** A request as the AWS SDK for JavaScript v3 hands it to its `requestHandler` (its names, our structure). */
export type SdkRequest = {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** An answer as the SDK takes it: bytes are read as they are, without a stream. */
export type SdkResponse = {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** What the SDK's `requestHandler` option takes. */
export type SdkRequestHandler = {
  readonly metadata: { readonly handlerProtocol: string }
  readonly handle: (request: SdkRequest) => Promise<{ response: SdkResponse }>
  readonly updateHttpClientConfig: () => void
  readonly httpHandlerConfigs: () => Record<string, never>
  readonly destroy: () => void
}

/** Lets an SDK client call `handler` inside this process: no socket, no HTTP text to write and read. */
export const sdkRequestHandler = (handler: HttpHandler): SdkRequestHandler => ({
  metadata: { handlerProtocol: 'http/1.1' },
  async handle(request) {
    return { response: answerOf(await handler(requestOf(request))) }
  },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
  destroy: () => undefined,
})

/** Settings for an AWS SDK client whose requests stay inside this process. */
export type SdkClientSettings = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly requestHandler: SdkRequestHandler
  readonly signer: { readonly sign: <Request extends object>(request: Request) => Promise<Request> }
}

/**
 * Everything that an SDK client needs. Its requests are not signed, since nobody checks a signature here: that is a
 * third of what the SDK takes for a call.
 */
export function sdkClientSettings(region: string, handler: SdkRequestHandler): SdkClientSettings {
  const scope = `local/20260101/${region}/dynamodb/aws4_request`
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    'x-amz-date': '20260101T000000Z',
  }
  return {
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: handler,
    signer: {
      sign(request) {
        // Where the endpoint looks whether there is a signature at all.
        if ('headers' in request) Object.assign(request.headers ?? {}, headers)
        return Promise.resolve(request)
      },
    },
  }
}

function requestOf({ method, path, query, headers, body }: SdkRequest): HttpRequest {
  return {
    method,
    target: path + queryText(query),
    headers,
    body: bytesOf(body),
    remoteAddress: '127.0.0.1',
  }
}

function queryText(query: SdkRequest['query']): string {
  if (query === undefined) return ''
  const pairs = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value ?? ''])
      pairs.append(name, String(each))
  }
  return pairs.size === 0 ? '' : `?${pairs.toString()}`
}

function bytesOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  if (typeof body === 'string') return Buffer.from(body, 'utf8')
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  throw new TypeError('This handler takes requests whose body is text or bytes, not a stream.')
}

function answerOf({ status, headers, body }: HttpResponse): SdkResponse {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return {
    statusCode: status,
    headers: flat,
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  }
}
