import { boolean, inert, list, oneOf, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::Route". */
export const httpRouteProperties = {
  ApiId: required(text),
  ApiKeyRequired: boolean,
  AuthorizationScopes: list(text),
  AuthorizationType: oneOf('NONE', 'JWT', 'CUSTOM', 'AWS_IAM'),
  AuthorizerId: text,
  ModelSelectionExpression: refused('WebSocket APIs'),
  OperationName: inert,
  RequestModels: refused('WebSocket APIs'),
  RequestParameters: refused('WebSocket APIs'),
  RouteKey: required(text),
  RouteResponseSelectionExpression: refused('WebSocket APIs'),
  Target: required(text),
} as const

export const httpRoute = apiElement({
  type: 'AWS::ApiGatewayV2::Route',
  properties: httpRouteProperties,
  attributes: ['RouteId'],
  attributesOf: (id) => ({ RouteId: id }),
  check(wanted, report) {
    if (wanted.ApiKeyRequired === true) report('ApiKeyRequired', 'is not simulated: WebSocket APIs')
    const type = wanted.AuthorizationType
    if ((type === 'JWT' || type === 'CUSTOM') && wanted.AuthorizerId === undefined) {
      report('AuthorizerId', `is missing: the route's AuthorizationType is ${type}`)
    }
  },
  fixed: ['ApiId'],
})
