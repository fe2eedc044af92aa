import { inert, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::Deployment". An API answers as it was deployed last, whatever names the stage. */
export const httpDeployment = apiElement({
  type: 'AWS::ApiGatewayV2::Deployment',
  properties: { ApiId: required(text), Description: inert, StageName: inert },
  attributes: ['DeploymentId'],
  attributesOf: (id) => ({ DeploymentId: id }),
  fixed: ['ApiId'],
})
