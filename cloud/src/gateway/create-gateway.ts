import type { Environment, HttpHandler, HttpMount } from '../kernel/index.ts'
import { authorizerMaker } from './authorizers/index.ts'
import { tokenVerifier } from './authorizers/verify-token.ts'
import { splitTarget, type Api } from './call.ts'
import type { HttpApiDefinition, RestApiDefinition } from './definitions.ts'
import { executeApiCall, forbidden, isExecuteApi } from './execute-api.ts'
import { frontDoorCall, frontDoorIndex, unknownBasePath } from './front-door.ts'
import { httpApi } from './http-api.ts'
import type { FindCredential, FindIssuer, InvokeFunction } from './ports.ts'
import type { ApiPorts } from './pipeline.ts'
import { restApi } from './rest-api.ts'

export type Gateway = {
  /** Puts an API in place of the one with its id. @throws AwsError BadRequestException for what is not simulated */
  readonly putRestApi: (definition: RestApiDefinition) => void
  readonly putHttpApi: (definition: HttpApiDefinition) => void
  readonly removeApi: (apiId: string) => void
  /** The execute-api addresses on the AWS endpoint. */
  readonly mount: HttpMount
  /** The local counterpart of a custom domain: `/<basePath>/…`. */
  readonly frontDoor: HttpHandler
  readonly apis: () => readonly ApiSummary[]
}

type ApiSummary = {
  readonly apiId: string
  readonly name: string
  readonly kind: 'REST' | 'HTTP'
  readonly stage: string
  readonly basePath: string | undefined
}

type GatewayOptions = {
  readonly environment: Environment
  readonly invoke: InvokeFunction
  readonly findIssuer: FindIssuer
  /** The keys that may sign requests to routes with IAM authorization; none when left out. */
  readonly findCredential?: FindCredential
}

/** API Gateway: REST and HTTP APIs with Lambda proxy integrations, at execute-api addresses and a front door. */
export function createGateway({
  environment,
  invoke,
  findIssuer,
  findCredential = () => undefined,
}: GatewayOptions): Gateway {
  const ports: ApiPorts = {
    environment,
    invoke,
    makeAuthorizer: authorizerMaker({
      environment,
      invoke,
      findIssuer,
      findCredential,
      verifyToken: tokenVerifier(),
    }),
  }
  const byId = new Map<string, Api>()
  const byBasePath = new Map<string, Api>()

  function remove(apiId: string): void {
    const api = byId.get(apiId)
    if (api === undefined) return
    byId.delete(apiId)
    if (api.basePath !== undefined && byBasePath.get(api.basePath) === api) {
      byBasePath.delete(api.basePath)
    }
  }

  function put(api: Api): void {
    remove(api.apiId)
    byId.set(api.apiId, api)
    if (api.basePath !== undefined) byBasePath.set(api.basePath, api)
  }

  return {
    putRestApi: (definition) => put(restApi(definition, ports)),
    putHttpApi: (definition) => put(httpApi(definition, ports)),
    removeApi: remove,
    apis: () =>
      [...byId.values()].map(({ apiId, name, kind, stage, basePath }) => ({
        apiId,
        name,
        kind,
        stage,
        basePath,
      })),
    mount: {
      kind: 'http',
      name: 'execute-api',
      match: isExecuteApi,
      handle(request) {
        const found = executeApiCall(byId, request, environment.clock.now())
        return found === undefined ? forbidden : found.api.handle(found.call)
      },
    },
    frontDoor(request) {
      const found = frontDoorCall(byBasePath, request, environment.clock.now())
      if (found !== undefined) return found.api.handle(found.call)
      const mounted = [...byBasePath.values()]
      return splitTarget(request.target).path === '/' && /^(?:GET|HEAD)$/.test(request.method)
        ? frontDoorIndex(request, mounted)
        : unknownBasePath(mounted)
    },
  }
}
