import type {
  AuthorizerDefinition,
  GatewayResponseDefinition,
  RestApiDefinition,
  RestRoute,
  StageDefinition,
} from '../../gateway/index.ts'
import { tagsOf, type PropertiesOf } from '../property-shape.ts'
import { restApiProperties } from '../resources/rest-api/api.ts'
import { restAuthorizerProperties } from '../resources/rest-api/authorizer.ts'
import { basePathMappingProperties } from '../resources/rest-api/base-path-mapping.ts'
import { restDeploymentProperties } from '../resources/rest-api/deployment.ts'
import { gatewayResponseProperties } from '../resources/rest-api/gateway-response.ts'
import { restMethodProperties } from '../resources/rest-api/method.ts'
import { restResourceProperties } from '../resources/rest-api/resource.ts'
import { restStageProperties } from '../resources/rest-api/stage.ts'
import { authorizerOf, iamAuthorizer } from './authorizer-of.ts'
import { basePathOf } from './base-path.ts'
import { elementsOf, type Element, type ElementsByType } from './elements.ts'
import { functionArn } from './function-arn.ts'
import { throttlingOf } from './throttling.ts'

type Method = PropertiesOf<typeof restMethodProperties>
type Stage = PropertiesOf<typeof restStageProperties>

/** Puts the deployed pieces of REST APIs together. An API without a stage cannot be called and is left out. */
export function restApiDefinitions(elements: ElementsByType): readonly RestApiDefinition[] {
  const mappings = elementsOf(
    elements,
    'AWS::ApiGateway::BasePathMapping',
    basePathMappingProperties,
  )
  const methods = elementsOf(elements, 'AWS::ApiGateway::Method', restMethodProperties)
  const paths = resourcePaths(elements)
  return elementsOf(elements, 'AWS::ApiGateway::RestApi', restApiProperties).flatMap((api) => {
    const stage = stageOf(elements, api.id)
    if (stage === undefined) return []
    const mapping = mappings.find(({ wanted }) => wanted.RestApiId === api.id)
    const mapped = mapping === undefined ? undefined : (mapping.wanted.BasePath ?? '')
    const binary = api.wanted.BinaryMediaTypes
    return [
      {
        apiId: api.id,
        name: api.wanted.Name,
        basePath: basePathOf({ name: api.wanted.Name, tags: tagsOf(api.wanted.Tags), mapped }),
        stage: stageDefinition(stage),
        routes: methods
          .filter(({ wanted }) => wanted.RestApiId === api.id)
          .map(({ wanted }) => route(wanted, paths(api, wanted.ResourceId), stage)),
        authorizers: authorizersOf(elements, api.id),
        gatewayResponses: gatewayResponsesOf(elements, api.id),
        ...(binary === undefined ? {} : { binaryMediaTypes: binary }),
      },
    ]
  })
}

function stageOf(elements: ElementsByType, apiId: string): Stage | undefined {
  const stages = elementsOf(elements, 'AWS::ApiGateway::Stage', restStageProperties)
  const stage = stages.find(({ wanted }) => wanted.RestApiId === apiId)?.wanted
  if (stage !== undefined) return stage
  const deployment = elementsOf(
    elements,
    'AWS::ApiGateway::Deployment',
    restDeploymentProperties,
  ).find(({ wanted }) => wanted.RestApiId === apiId && wanted.StageName !== undefined)?.wanted
  const StageName = deployment?.StageName
  return StageName === undefined ? undefined : { RestApiId: apiId, StageName }
}

function stageDefinition(stage: Stage): StageDefinition {
  const everywhere = (stage.MethodSettings ?? []).find(
    (each) => each.ResourcePath === '/*' && each.HttpMethod === '*',
  )
  const throttling = throttlingOf(everywhere)
  return {
    name: stage.StageName,
    ...(stage.Variables === undefined ? {} : { variables: stage.Variables }),
    ...(throttling === undefined ? {} : { throttling }),
  }
}

/** Gives a resource's path by its id, for example `/users/{id}`. */
function resourcePaths(
  elements: ElementsByType,
): (api: Element<{ readonly Name: string }>, resourceId: string) => string {
  const resources = new Map(
    elementsOf(elements, 'AWS::ApiGateway::Resource', restResourceProperties).map((each) => [
      `${each.wanted.RestApiId}/${each.id}`,
      each.wanted,
    ]),
  )
  return function path(api, resourceId): string {
    const resource = resources.get(`${api.id}/${resourceId}`)
    if (resource === undefined) return '/' // the root, which no resource of the template stands for
    const parent = path(api, resource.ParentId)
    return `${parent === '/' ? '' : parent}/${resource.PathPart}`
  }
}

function route(method: Method, path: string, stage: Stage): RestRoute {
  const throttling = throttlingOf(methodSettings(method, path, stage))
  const protectedBy = authorizerOf(method.AuthorizationType, method.AuthorizerId)
  return {
    method: method.HttpMethod.toUpperCase(),
    path,
    resourceId: method.ResourceId,
    integration: integration(method),
    ...(protectedBy === undefined ? {} : { authorizer: protectedBy }),
    ...(method.AuthorizationScopes === undefined ? {} : { scopes: method.AuthorizationScopes }),
    ...(throttling === undefined ? {} : { throttling }),
  }
}

/** MethodSettings write a path's slashes, but for the first, as `~1`. */
const methodSettings = (method: Method, path: string, stage: Stage) =>
  (stage.MethodSettings ?? []).find(
    (each) =>
      each.ResourcePath !== '/*' &&
      each.ResourcePath?.replaceAll('~1', '/').replace(/^\/\//, '/') === path &&
      (each.HttpMethod === '*' || each.HttpMethod === method.HttpMethod),
  )

function integration({ Integration }: Method): RestRoute['integration'] {
  if (Integration.Type === 'AWS_PROXY') {
    const timeoutMs = Integration.TimeoutInMillis
    return {
      kind: 'lambda',
      functionArn: functionArn(Integration.Uri ?? ''),
      payloadVersion: '1.0',
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }
  }
  const templates = Integration.RequestTemplates
  return {
    kind: 'mock',
    ...(templates === undefined ? {} : { requestTemplates: templates }),
    responses: (Integration.IntegrationResponses ?? []).map((each) => ({
      statusCode: each.StatusCode,
      ...(each.SelectionPattern === undefined ? {} : { selectionPattern: each.SelectionPattern }),
      ...(each.ResponseParameters === undefined
        ? {}
        : { responseParameters: each.ResponseParameters }),
      ...(each.ResponseTemplates === undefined
        ? {}
        : { responseTemplates: each.ResponseTemplates }),
    })),
  }
}

function authorizersOf(
  elements: ElementsByType,
  apiId: string,
): Readonly<Record<string, AuthorizerDefinition>> {
  const all = elementsOf(elements, 'AWS::ApiGateway::Authorizer', restAuthorizerProperties)
  const own = all
    .filter(({ wanted }) => wanted.RestApiId === apiId)
    .map(({ id, wanted }) => [id, authorizer(wanted)] as const)
  return { ...Object.fromEntries(own), ...iamAuthorizer }
}

function authorizer(wanted: PropertiesOf<typeof restAuthorizerProperties>): AuthorizerDefinition {
  const source = wanted.IdentitySource
  const ttl = wanted.AuthorizerResultTtlInSeconds
  const kept = ttl === undefined ? {} : { resultTtlSeconds: ttl }
  const from = source === undefined ? {} : { identitySource: source }
  const arn = functionArn(wanted.AuthorizerUri ?? '')
  switch (wanted.Type) {
    case 'COGNITO_USER_POOLS':
      return { kind: 'cognito', userPoolArns: wanted.ProviderARNs ?? [], ...from }
    case 'TOKEN': {
      const expression = wanted.IdentityValidationExpression
      return {
        kind: 'token',
        functionArn: arn,
        ...from,
        ...kept,
        ...(expression === undefined ? {} : { validationExpression: expression }),
      }
    }
    case 'REQUEST': {
      const sources = (source ?? '').split(',').map((each) => each.trim())
      return {
        kind: 'request',
        functionArn: arn,
        format: 'rest',
        identitySources: sources.filter((each) => each !== ''),
        ...kept,
      }
    }
  }
}

function gatewayResponsesOf(
  elements: ElementsByType,
  apiId: string,
): Readonly<Record<string, GatewayResponseDefinition>> {
  const all = elementsOf(elements, 'AWS::ApiGateway::GatewayResponse', gatewayResponseProperties)
  return Object.fromEntries(
    all
      .filter(({ wanted }) => wanted.RestApiId === apiId)
      .map(({ wanted }) => [
        wanted.ResponseType,
        {
          ...(wanted.StatusCode === undefined ? {} : { statusCode: wanted.StatusCode }),
          ...(wanted.ResponseParameters === undefined
            ? {}
            : { responseParameters: wanted.ResponseParameters }),
          ...(wanted.ResponseTemplates === undefined
            ? {}
            : { responseTemplates: wanted.ResponseTemplates }),
        },
      ]),
  )
}
