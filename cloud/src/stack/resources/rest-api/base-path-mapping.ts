import { inert, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::BasePathMapping". */
export const basePathMappingProperties = {
  BasePath: text,
  DomainName: required(text),
  Id: inert,
  RestApiId: required(text),
  Stage: text,
} as const

export const basePathMapping = apiElement({
  type: 'AWS::ApiGateway::BasePathMapping',
  properties: basePathMappingProperties,
  fixed: ['DomainName', 'BasePath'],
})
