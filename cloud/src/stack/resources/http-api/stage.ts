import { inert, map, members, number, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGatewayV2::Stage". */
export const httpStageProperties = {
  AccessLogSettings: inert,
  AccessPolicyId: inert,
  ApiId: required(text),
  AutoDeploy: inert,
  ClientCertificateId: refused('WebSocket APIs'),
  DefaultRouteSettings: members({
    DataTraceEnabled: inert,
    DetailedMetricsEnabled: inert,
    LoggingLevel: inert,
    ThrottlingBurstLimit: number,
    ThrottlingRateLimit: number,
  }),
  DeploymentId: inert,
  Description: inert,
  RouteSettings: inert,
  StageName: required(text),
  StageVariables: map(text),
  Tags: inert,
} as const

export const httpStage = apiElement({
  type: 'AWS::ApiGatewayV2::Stage',
  properties: httpStageProperties,
  id: (wanted) => wanted.StageName,
  fixed: ['ApiId', 'StageName'],
})
