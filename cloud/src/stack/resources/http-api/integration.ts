import { inert, number, oneOf, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

const mapping = 'an HTTP API hands requests to a function as they are'

/** CloudFormation, "AWS::ApiGatewayV2::Integration". */
export const httpIntegrationProperties = {
  ApiId: required(text),
  ConnectionId: refused('there are no VPC links here'),
  ConnectionType: oneOf('INTERNET'),
  ContentHandlingStrategy: inert,
  CredentialsArn: inert,
  Description: inert,
  IntegrationMethod: inert,
  IntegrationSubtype: refused('integrate a function'),
  IntegrationType: required(oneOf('AWS_PROXY')),
  IntegrationUri: required(text),
  PassthroughBehavior: inert,
  PayloadFormatVersion: oneOf('1.0', '2.0'),
  RequestParameters: refused(mapping),
  RequestTemplates: refused(mapping),
  ResponseParameters: refused(mapping),
  TemplateSelectionExpression: refused(mapping),
  TimeoutInMillis: number,
  TlsConfig: inert,
} as const

export const httpIntegration = apiElement({
  type: 'AWS::ApiGatewayV2::Integration',
  properties: httpIntegrationProperties,
  attributes: ['IntegrationId'],
  attributesOf: (id) => ({ IntegrationId: id }),
  fixed: ['ApiId'],
})
