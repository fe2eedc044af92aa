import { inert, list, refused, required, tagList, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

const imported = 'describe the API by Resource and Method resources'

/** CloudFormation, "AWS::ApiGateway::RestApi". */
export const restApiProperties = {
  ApiKeySourceType: inert,
  BinaryMediaTypes: list(text),
  Body: refused(imported),
  BodyS3Location: refused(imported),
  CloneFrom: refused(imported),
  Description: inert,
  DisableExecuteApiEndpoint: inert,
  EndpointAccessMode: inert,
  EndpointConfiguration: inert,
  FailOnWarnings: inert,
  MinimumCompressionSize: inert,
  Mode: inert,
  Name: required(text),
  Parameters: refused(imported),
  Policy: refused('policies are not evaluated here; protect the methods with an authorizer'),
  SecurityPolicy: inert,
  Tags: tagList,
} as const

export const restApi = apiElement({
  type: 'AWS::ApiGateway::RestApi',
  properties: restApiProperties,
  attributes: ['RestApiId', 'RootResourceId'],
  idLength: 10,
  // Derived from the API's id, so that it is the same after every update.
  attributesOf: (id) => ({ RestApiId: id, RootResourceId: id.split('').reverse().join('') }),
})
