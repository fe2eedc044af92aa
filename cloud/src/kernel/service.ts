import type { HttpHandler, HttpRequest } from './http-message.ts'
import type { OperationTable } from './operation.ts'

/**
 * What a part hands to `wire` to be served on the AWS endpoint. The part knows operations; the protocol's
 * framing (headers, status codes, error bodies) is wire's.
 */
export type Service = JsonService | RestService | QueryService | HttpMount

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: <target>.<Operation>`. */
export type JsonService = {
  readonly kind: 'json'
  /** The service name in a credential scope, for example `dynamodb`. */
  readonly signingName: string
  /** The prefix of X-Amz-Target, for example `DynamoDB_20120810`. */
  readonly target: string
  readonly version: '1.0' | '1.1'
  readonly operations: OperationTable
  /** What stands before `#Code` in an error's `__type`; none when the service sends bare codes. */
  readonly errorNamespace?: string
  /** Operations that take unsigned requests, as some of Cognito's do. */
  readonly unsigned?: ReadonlySet<string>
}

/** REST-JSON: operations by method and path, for example Lambda's. */
export type RestService = {
  readonly kind: 'rest'
  readonly signingName: string
  readonly routes: readonly RestRoute[]
}

export type RestRoute = {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD'
  /** `{Name}` takes one segment, for example `/2015-03-31/functions/{FunctionName}/invocations`. */
  readonly path: string
  readonly run: (call: RestCall) => RestAnswer | Promise<RestAnswer>
}

export type RestCall = {
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type RestAnswer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON; text and bytes as they are. */
  readonly body?: object | string | Buffer
}

/** AWS Query: `Action=…&Version=…` in a form, XML back (CloudFormation, STS). */
export type QueryService = {
  readonly kind: 'query'
  readonly signingName: string
  readonly version: string
  readonly xmlNamespace: string
  /** Inputs arrive with lists and maps unfolded from `Name.member.1`; outputs are written as XML. */
  readonly operations: OperationTable
}

/** Plain HTTP on the AWS endpoint that is no AWS operation: JWKS, execute-api, admin pages. */
export type HttpMount = {
  readonly kind: 'http'
  readonly name: string
  readonly match: (request: HttpRequest) => boolean
  readonly handle: HttpHandler
}
