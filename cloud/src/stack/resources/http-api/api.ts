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

const imported = 'describe the API by Route and Integration resources'

/** CloudFormation, "AWS::ApiGatewayV2::Api". */
export const httpApiProperties = {
  ApiKeySelectionExpression: inert,
  BasePath: refused(imported),
  Body: refused(imported),
  BodyS3Location: refused(imported),
  CorsConfiguration: members({
    AllowCredentials: boolean,
    AllowHeaders: list(text),
    AllowMethods: list(text),
    AllowOrigins: list(text),
    ExposeHeaders: list(text),
    MaxAge: number,
  }),
  CredentialsArn: inert,
  Description: inert,
  DisableExecuteApiEndpoint: inert,
  DisableSchemaValidation: inert,
  FailOnWarnings: inert,
  IpAddressType: inert,
  Name: required(text),
  ProtocolType: required(oneOf('HTTP')),
  RouteKey: refused(imported),
  RouteSelectionExpression: inert,
  Tags: map(text),
  Target: refused(imported),
  Version: inert,
} as const

export const httpApi = apiElement({
  type: 'AWS::ApiGatewayV2::Api',
  properties: httpApiProperties,
  attributes: ['ApiEndpoint', 'ApiId'],
  idLength: 10,
  attributesOf: (id, { environment }) => ({
    ApiId: id,
    ApiEndpoint: `https://${id}.execute-api.${environment.region}.amazonaws.com`,
  }),
})
