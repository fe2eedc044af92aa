import { inert, list, number, oneOf, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'
import { checkResultTtl } from '../authorizer-checks.ts'

/** CloudFormation, "AWS::ApiGateway::Authorizer". */
export const restAuthorizerProperties = {
  AuthType: inert,
  AuthorizerCredentials: inert,
  AuthorizerResultTtlInSeconds: number,
  AuthorizerUri: text,
  IdentitySource: text,
  IdentityValidationExpression: text,
  Name: required(text),
  ProviderARNs: list(text),
  RestApiId: required(text),
  Type: required(oneOf('COGNITO_USER_POOLS', 'TOKEN', 'REQUEST')),
} as const

export const restAuthorizer = apiElement({
  type: 'AWS::ApiGateway::Authorizer',
  properties: restAuthorizerProperties,
  attributes: ['AuthorizerId'],
  attributesOf: (id) => ({ AuthorizerId: id }),
  check(wanted, report) {
    if (wanted.Type === 'COGNITO_USER_POOLS') {
      if ((wanted.ProviderARNs ?? []).length === 0) report('ProviderARNs', 'names no user pool')
      if (wanted.IdentityValidationExpression !== undefined) {
        report('IdentityValidationExpression', 'is not simulated: the whole token is verified')
      }
      return
    }
    if (wanted.AuthorizerUri === undefined) report('AuthorizerUri', 'is missing')
    // A TOKEN authorizer without a source reads the header Authorization.
    checkResultTtl(wanted, wanted.Type === 'TOKEN' || wanted.IdentitySource !== undefined, report)
  },
  fixed: ['RestApiId', 'Type'],
})
