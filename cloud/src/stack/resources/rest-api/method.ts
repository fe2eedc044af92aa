import {
  boolean,
  inert,
  list,
  map,
  members,
  number,
  oneOf,
  refused,
  required,
  text,
} from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

const proxyOnly = 'requests go to a function as they are (AWS_PROXY)'

/** CloudFormation, "AWS::ApiGateway::Method". */
export const restMethodProperties = {
  ApiKeyRequired: boolean,
  AuthorizationScopes: list(text),
  AuthorizationType: oneOf('NONE', 'COGNITO_USER_POOLS', 'CUSTOM', 'AWS_IAM'),
  AuthorizerId: text,
  HttpMethod: required(text),
  Integration: required(
    members({
      CacheKeyParameters: inert,
      CacheNamespace: inert,
      ConnectionId: refused('there are no VPC links here'),
      ConnectionType: oneOf('INTERNET'),
      ContentHandling: inert,
      Credentials: inert,
      IntegrationHttpMethod: inert,
      IntegrationResponses: list(
        members({
          ContentHandling: inert,
          ResponseParameters: map(text),
          ResponseTemplates: map(text),
          SelectionPattern: text,
          StatusCode: required(text),
        }),
      ),
      IntegrationTarget: refused('there are no VPC links here'),
      PassthroughBehavior: inert,
      RequestParameters: refused(proxyOnly),
      RequestTemplates: map(text),
      ResponseTransferMode: oneOf('BUFFERED'),
      TimeoutInMillis: number,
      Type: required(oneOf('AWS_PROXY', 'MOCK')),
      Uri: text,
    }),
  ),
  MethodResponses: inert,
  OperationName: inert,
  RequestModels: refused('check the body in the function'),
  RequestParameters: refused('check parameters in the function'),
  RequestValidatorId: refused('check the request in the function'),
  ResourceId: required(text),
  RestApiId: required(text),
} as const

export const restMethod = apiElement({
  type: 'AWS::ApiGateway::Method',
  properties: restMethodProperties,
  check(wanted, report) {
    const { Type, Uri } = wanted.Integration
    if (Type === 'AWS_PROXY' && Uri === undefined) report('Integration.Uri', 'is missing')
    if (Type === 'MOCK' && wanted.HttpMethod !== 'OPTIONS') {
      report('Integration.Type', 'MOCK is simulated for OPTIONS (CORS) only')
    }
    if (wanted.ApiKeyRequired === true)
      report('ApiKeyRequired', 'is not simulated: use an authorizer')
    const type = wanted.AuthorizationType
    const named = type === 'COGNITO_USER_POOLS' || type === 'CUSTOM'
    if (named && wanted.AuthorizerId === undefined) {
      report('AuthorizerId', `is missing: the method's AuthorizationType is ${type}`)
    }
  },
  fixed: ['HttpMethod', 'ResourceId', 'RestApiId'],
})
