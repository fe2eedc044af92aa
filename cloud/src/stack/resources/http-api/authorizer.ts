import { inert, list, members, oneOf, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

const lambdaAuthorizer = 'Lambda authorizers; use a JWT authorizer'

/** CloudFormation, "AWS::ApiGatewayV2::Authorizer". */
export const httpAuthorizerProperties = {
  ApiId: required(text),
  AuthorizerCredentialsArn: refused(lambdaAuthorizer),
  AuthorizerPayloadFormatVersion: refused(lambdaAuthorizer),
  AuthorizerResultTtlInSeconds: inert,
  AuthorizerType: required(oneOf('JWT')),
  AuthorizerUri: refused(lambdaAuthorizer),
  EnableSimpleResponses: refused(lambdaAuthorizer),
  IdentitySource: list(text),
  IdentityValidationExpression: refused(lambdaAuthorizer),
  JwtConfiguration: required(members({ Audience: list(text), Issuer: required(text) })),
  Name: required(text),
} as const

export const httpAuthorizer = apiElement({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties: httpAuthorizerProperties,
  attributes: ['AuthorizerId'],
  attributesOf: (id) => ({ AuthorizerId: id }),
  fixed: ['ApiId', 'AuthorizerType'],
})
