import { required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::Resource". */
export const restResourceProperties = {
  ParentId: required(text),
  PathPart: required(text),
  RestApiId: required(text),
} as const

export const restResource = apiElement({
  type: 'AWS::ApiGateway::Resource',
  properties: restResourceProperties,
  attributes: ['ResourceId'],
  attributesOf: (id) => ({ ResourceId: id }),
  fixed: ['ParentId', 'PathPart', 'RestApiId'],
})
