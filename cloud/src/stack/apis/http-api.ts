import type {
  AuthorizerDefinition,
  CorsDefinition,
  HttpApiDefinition,
  HttpRoute,
  StageDefinition,
} from '../../gateway/index.ts'
import type { PropertiesOf } from '../property-shape.ts'
import { apiMappingProperties } from '../resources/http-api/api-mapping.ts'
import { httpApiProperties } from '../resources/http-api/api.ts'
import { httpAuthorizerProperties } from '../resources/http-api/authorizer.ts'
import { httpIntegrationProperties } from '../resources/http-api/integration.ts'
import { httpRouteProperties } from '../resources/http-api/route.ts'
import { httpStageProperties } from '../resources/http-api/stage.ts'
import { authorizerOf, iamAuthorizer } from './authorizer-of.ts'
import { basePathOf } from './base-path.ts'
import { elementsOf, type ElementsByType } from './elements.ts'
import { functionArn } from './function-arn.ts'
import { throttlingOf } from './throttling.ts'

type Api = PropertiesOf<typeof httpApiProperties>
type Stage = PropertiesOf<typeof httpStageProperties>
type Integration = PropertiesOf<typeof httpIntegrationProperties>

/** Puts the deployed pieces of HTTP APIs together. An API without a stage cannot be called and is left out. */
export function httpApiDefinitions(elements: ElementsByType): readonly HttpApiDefinition[] {
  const mappings = elementsOf(elements, 'AWS::ApiGatewayV2::ApiMapping', apiMappingProperties)
  const stages = elementsOf(elements, 'AWS::ApiGatewayV2::Stage', httpStageProperties)
  return elementsOf(elements, 'AWS::ApiGatewayV2::Api', httpApiProperties).flatMap(
    ({ id, wanted }) => {
      const stage = stages.find((each) => each.wanted.ApiId === id)?.wanted
      if (stage === undefined) return []
      const mapping = mappings.find((each) => each.wanted.ApiId === id)
      const mapped = mapping === undefined ? undefined : (mapping.wanted.ApiMappingKey ?? '')
      return [
        {
          apiId: id,
          name: wanted.Name,
          basePath: basePathOf({ name: wanted.Name, tags: wanted.Tags ?? {}, mapped }),
          stage: stageDefinition(stage),
          routes: routesOf(elements, id),
          authorizers: authorizersOf(elements, id),
          ...corsOf(wanted),
        },
      ]
    },
  )
}

function stageDefinition(stage: Stage): StageDefinition {
  const throttling = throttlingOf(stage.DefaultRouteSettings)
  return {
    name: stage.StageName,
    ...(stage.StageVariables === undefined ? {} : { variables: stage.StageVariables }),
    ...(throttling === undefined ? {} : { throttling }),
  }
}

function routesOf(elements: ElementsByType, apiId: string): readonly HttpRoute[] {
  const integrations = new Map(
    elementsOf(elements, 'AWS::ApiGatewayV2::Integration', httpIntegrationProperties).map(
      ({ id, wanted }) => [`${wanted.ApiId}/${id}`, wanted],
    ),
  )
  const routes = elementsOf(elements, 'AWS::ApiGatewayV2::Route', httpRouteProperties)
  return routes
    .filter(({ wanted }) => wanted.ApiId === apiId)
    .flatMap(({ wanted }) => {
      const target = integrations.get(`${apiId}/${wanted.Target.replace(/^integrations\//, '')}`)
      if (target === undefined) return []
      const protectedBy = authorizerOf(wanted.AuthorizationType, wanted.AuthorizerId)
      return [
        {
          ...methodAndPath(wanted.RouteKey),
          integration: integration(target),
          ...(protectedBy === undefined ? {} : { authorizer: protectedBy }),
          ...(wanted.AuthorizationScopes === undefined
            ? {}
            : { scopes: wanted.AuthorizationScopes }),
        },
      ]
    })
}

/** `GET /users/{id}`, or `$default`. */
function methodAndPath(routeKey: string): { readonly method: string; readonly path: string } {
  const [method = '', path] = routeKey.split(' ')
  return path === undefined
    ? { method: 'ANY', path: routeKey }
    : { method: method.toUpperCase(), path }
}

const integration = (wanted: Integration): HttpRoute['integration'] => ({
  kind: 'lambda',
  functionArn: functionArn(wanted.IntegrationUri),
  payloadVersion: wanted.PayloadFormatVersion ?? '1.0',
  ...(wanted.TimeoutInMillis === undefined ? {} : { timeoutMs: wanted.TimeoutInMillis }),
})

function authorizersOf(
  elements: ElementsByType,
  apiId: string,
): Readonly<Record<string, AuthorizerDefinition>> {
  const all = elementsOf(elements, 'AWS::ApiGatewayV2::Authorizer', httpAuthorizerProperties)
  const own = all
    .filter(({ wanted }) => wanted.ApiId === apiId)
    .map(({ id, wanted }) => [id, authorizer(wanted)] as const)
  return { ...Object.fromEntries(own), ...iamAuthorizer }
}

function authorizer(wanted: PropertiesOf<typeof httpAuthorizerProperties>): AuthorizerDefinition {
  const sources = wanted.IdentitySource ?? []
  if (wanted.AuthorizerType === 'JWT') {
    const [identitySource] = sources
    return {
      kind: 'jwt',
      issuer: wanted.JwtConfiguration?.Issuer ?? '',
      audience: wanted.JwtConfiguration?.Audience ?? [],
      ...(identitySource === undefined ? {} : { identitySource }),
    }
  }
  const ttl = wanted.AuthorizerResultTtlInSeconds
  return {
    kind: 'request',
    functionArn: functionArn(wanted.AuthorizerUri ?? ''),
    format: wanted.AuthorizerPayloadFormatVersion ?? '2.0',
    simpleResponses: wanted.EnableSimpleResponses ?? false,
    identitySources: sources,
    ...(ttl === undefined ? {} : { resultTtlSeconds: ttl }),
  }
}

function corsOf({ CorsConfiguration: cors }: Api): { readonly cors?: CorsDefinition } {
  if (cors === undefined) return {}
  return {
    cors: {
      ...(cors.AllowOrigins === undefined ? {} : { allowOrigins: cors.AllowOrigins }),
      ...(cors.AllowMethods === undefined ? {} : { allowMethods: cors.AllowMethods }),
      ...(cors.AllowHeaders === undefined ? {} : { allowHeaders: cors.AllowHeaders }),
      ...(cors.ExposeHeaders === undefined ? {} : { exposeHeaders: cors.ExposeHeaders }),
      ...(cors.MaxAge === undefined ? {} : { maxAgeSeconds: cors.MaxAge }),
      ...(cors.AllowCredentials === undefined ? {} : { allowCredentials: cors.AllowCredentials }),
    },
  }
}
