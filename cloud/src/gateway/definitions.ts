/**
 * APIs as the gateway takes them: plain data, resource trees already flattened to routes, references already
 * resolved. Whoever reads templates builds these.
 */
export type RestApiDefinition = {
  readonly apiId: string
  readonly name: string
  /** Where the front door mounts the API's stage, without slashes; none to leave it out. */
  readonly basePath?: string
  readonly stage: StageDefinition
  readonly routes: readonly RestRoute[]
  /** By id, as routes name them. */
  readonly authorizers?: Readonly<Record<string, AuthorizerDefinition>>
  /** By response type, for example `DEFAULT_4XX`. */
  readonly gatewayResponses?: Readonly<Record<string, GatewayResponseDefinition>>
  readonly binaryMediaTypes?: readonly string[]
}

export type HttpApiDefinition = {
  readonly apiId: string
  readonly name: string
  readonly basePath?: string
  /** Named `$default` unless the API says otherwise; only other names appear in execute-api paths. */
  readonly stage: StageDefinition
  readonly routes: readonly HttpRoute[]
  readonly authorizers?: Readonly<Record<string, AuthorizerDefinition>>
  readonly cors?: CorsDefinition
}

export type StageDefinition = {
  readonly name: string
  readonly variables?: Readonly<Record<string, string>>
  readonly throttling?: ThrottlingDefinition
}

/** A token bucket: requests a second, and how many may come at once. */
export type ThrottlingDefinition = { readonly rateLimit: number; readonly burstLimit: number }

type RouteBase = {
  /** A method in upper case, or `ANY`. */
  readonly method: string
  /** For example `/users/{userId}` or `/{proxy+}`. */
  readonly path: string
  /** The id of an authorizer. */
  readonly authorizer?: string
  /** Scopes of which an access token must carry one. */
  readonly scopes?: readonly string[]
  readonly throttling?: ThrottlingDefinition
}

export type RestRoute = RouteBase & {
  readonly resourceId?: string
  readonly integration: LambdaIntegration | MockIntegration
}

/** The path `$default` (with any method) takes what no other route does. */
export type HttpRoute = RouteBase & { readonly integration: LambdaIntegration }

export type LambdaIntegration = {
  readonly kind: 'lambda'
  readonly functionArn: string
  /** REST APIs: always `1.0`. */
  readonly payloadVersion: '1.0' | '2.0'
  readonly timeoutMs?: number
}

/** Answers without a backend, as CDK's CORS preflight methods do. */
export type MockIntegration = {
  readonly kind: 'mock'
  /** By media type; the template says `{"statusCode": 204}`. */
  readonly requestTemplates?: Readonly<Record<string, string>>
  readonly responses: readonly MockResponse[]
}

export type MockResponse = {
  readonly statusCode: string
  /** A regular expression over the status; none for the default response. */
  readonly selectionPattern?: string
  /** `method.response.header.X` → `'literal'`. */
  readonly responseParameters?: Readonly<Record<string, string>>
  /** By media type. */
  readonly responseTemplates?: Readonly<Record<string, string>>
}

export type GatewayResponseDefinition = {
  readonly statusCode?: string
  /** `gatewayresponse.header.X` → `'literal'`, `context.…` or `method.request.header.X`. */
  readonly responseParameters?: Readonly<Record<string, string>>
  readonly responseTemplates?: Readonly<Record<string, string>>
}

export type AuthorizerDefinition =
  | {
      readonly kind: 'jwt'
      readonly issuer: string
      readonly audience: readonly string[]
      /** Default `$request.header.Authorization`. */
      readonly identitySource?: string
    }
  | {
      readonly kind: 'cognito'
      readonly userPoolArns: readonly string[]
      /** Default `method.request.header.Authorization`. */
      readonly identitySource?: string
    }
  | {
      /** A function that judges a token (REST APIs). */
      readonly kind: 'token'
      readonly functionArn: string
      /** Default `method.request.header.Authorization`. */
      readonly identitySource?: string
      /** A regular expression that the whole token must match to be judged at all. */
      readonly validationExpression?: string
      /** How long an answer is good for the same token; default 300, 0 asks each time. */
      readonly resultTtlSeconds?: number
    }
  | {
      /** A function that judges a request. */
      readonly kind: 'request'
      readonly functionArn: string
      /** How the request is shown, and in which form the answer comes: a REST API's, or an HTTP API's. */
      readonly format: 'rest' | '1.0' | '2.0'
      /** Format 2.0: the answer is `{isAuthorized, context}` and no policy. */
      readonly simpleResponses?: boolean
      /** All must be there; they are what answers are kept by. */
      readonly identitySources: readonly string[]
      /** How long an answer is good for the same identity; default 300 (REST) or 0 (HTTP). */
      readonly resultTtlSeconds?: number
    }
  /** Signature Version 4 by a key that the cloud knows. */
  | { readonly kind: 'iam' }

export type CorsDefinition = {
  readonly allowOrigins?: readonly string[]
  readonly allowMethods?: readonly string[]
  readonly allowHeaders?: readonly string[]
  readonly exposeHeaders?: readonly string[]
  readonly maxAgeSeconds?: number
  readonly allowCredentials?: boolean
}
