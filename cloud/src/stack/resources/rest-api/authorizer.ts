import { inert, list, oneOf, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

const lambdaAuthorizer = 'Lambda authorizers; use a user pool'

/** CloudFormation, "AWS::ApiGateway::Authorizer". */
export const restAuthorizerProperties = {
  AuthType: inert,
  AuthorizerCredentials: refused(lambdaAuthorizer),
  AuthorizerResultTtlInSeconds: inert,
  AuthorizerUri: refused(lambdaAuthorizer),
  IdentitySource: text,
  IdentityValidationExpression: refused('the whole token is verified'),
  Name: required(text),
  ProviderARNs: list(text),
  RestApiId: required(text),
  Type: required(oneOf('COGNITO_USER_POOLS')),
} as const

export const restAuthorizer = apiElement({
  type: 'AWS::ApiGateway::Authorizer',
  properties: restAuthorizerProperties,
  attributes: ['AuthorizerId'],
  attributesOf: (id) => ({ AuthorizerId: id }),
  check(wanted, report) {
    if ((wanted.ProviderARNs ?? []).length === 0) report('ProviderARNs', 'names no user pool')
  },
  fixed: ['RestApiId', 'Type'],
})
