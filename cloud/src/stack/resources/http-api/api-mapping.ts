import { required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::ApiMapping". */
export const apiMappingProperties = {
  ApiId: required(text),
  ApiMappingKey: text,
  DomainName: required(text),
  Stage: required(text),
} as const

export const apiMapping = apiElement({
  type: 'AWS::ApiGatewayV2::ApiMapping',
  properties: apiMappingProperties,
  attributes: ['ApiMappingId'],
  attributesOf: (id) => ({ ApiMappingId: id }),
  fixed: ['DomainName'],
})
