import { boolean, inert, list, oneOf, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::Route". */
export const httpRouteProperties = {
  ApiId: required(text),
  ApiKeyRequired: boolean,
  AuthorizationScopes: list(text),
  AuthorizationType: oneOf('NONE', 'JWT'),
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
    if (wanted.AuthorizationType === 'JWT' && wanted.AuthorizerId === undefined) {
      report('AuthorizerId', 'is missing: the route asks for a JWT')
    }
  },
  fixed: ['ApiId'],
})
