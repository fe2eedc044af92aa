import {
  boolean,
  inert,
  list,
  members,
  number,
  oneOf,
  refused,
  required,
  text,
} from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'
import { checkResultTtl } from '../authorizer-checks.ts'

/** CloudFormation, "AWS::ApiGatewayV2::Authorizer". */
export const httpAuthorizerProperties = {
  ApiId: required(text),
  AuthorizerCredentialsArn: inert,
  AuthorizerPayloadFormatVersion: oneOf('1.0', '2.0'),
  AuthorizerResultTtlInSeconds: number,
  AuthorizerType: required(oneOf('JWT', 'REQUEST')),
  AuthorizerUri: text,
  EnableSimpleResponses: boolean,
  IdentitySource: list(text),
  IdentityValidationExpression: refused('WebSocket APIs'),
  JwtConfiguration: members({ Audience: list(text), Issuer: required(text) }),
  Name: required(text),
} as const

export const httpAuthorizer = apiElement({
  type: 'AWS::ApiGatewayV2::Authorizer',
  properties: httpAuthorizerProperties,
  attributes: ['AuthorizerId'],
  attributesOf: (id) => ({ AuthorizerId: id }),
  check(wanted, report) {
    if (wanted.AuthorizerType === 'JWT') {
      if (wanted.JwtConfiguration === undefined) report('JwtConfiguration', 'is missing')
      return
    }
    if (wanted.AuthorizerUri === undefined) report('AuthorizerUri', 'is missing')
    if (wanted.AuthorizerPayloadFormatVersion === undefined) {
      report('AuthorizerPayloadFormatVersion', 'is missing: 1.0 or 2.0')
    }
    if (wanted.EnableSimpleResponses === true && wanted.AuthorizerPayloadFormatVersion === '1.0') {
      report('EnableSimpleResponses', 'needs AuthorizerPayloadFormatVersion 2.0')
    }
    checkResultTtl(wanted, (wanted.IdentitySource ?? []).length > 0, report)
  },
  fixed: ['ApiId', 'AuthorizerType'],
})
