import { map, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::GatewayResponse". */
export const gatewayResponseProperties = {
  ResponseParameters: map(text),
  ResponseTemplates: map(text),
  ResponseType: required(text),
  RestApiId: required(text),
  StatusCode: text,
} as const

export const gatewayResponse = apiElement({
  type: 'AWS::ApiGateway::GatewayResponse',
  properties: gatewayResponseProperties,
  attributes: ['Id'],
  attributesOf: (id) => ({ Id: id }),
  fixed: ['ResponseType', 'RestApiId'],
})
