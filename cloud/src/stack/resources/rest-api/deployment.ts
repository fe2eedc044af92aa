import { inert, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::Deployment". An API answers as it was deployed last. */
export const restDeployment = apiElement({
  type: 'AWS::ApiGateway::Deployment',
  properties: {
    DeploymentCanarySettings: refused('a stage has one deployment'),
    Description: inert,
    RestApiId: required(text),
    StageDescription: inert,
    StageName: text,
  },
  attributes: ['DeploymentId'],
  attributesOf: (id) => ({ DeploymentId: id }),
  fixed: ['RestApiId'],
})

/** A deployment may make its stage itself (as osls writes it). */
export const restDeploymentProperties = { RestApiId: required(text), StageName: text } as const
