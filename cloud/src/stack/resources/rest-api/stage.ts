import { inert, list, map, members, number, refused, required, text } from '../../property-shape.ts'
import { apiElement } from '../api-element.ts'

/** CloudFormation, "AWS::ApiGateway::Stage". */
export const restStageProperties = {
  AccessLogSetting: inert,
  CacheClusterEnabled: inert,
  CacheClusterSize: inert,
  CanarySetting: refused('a stage has one deployment'),
  ClientCertificateId: inert,
  DeploymentId: inert,
  Description: inert,
  DocumentationVersion: inert,
  MethodSettings: list(
    members({
      CacheDataEncrypted: inert,
      CacheTtlInSeconds: inert,
      CachingEnabled: inert,
      DataTraceEnabled: inert,
      HttpMethod: text,
      LoggingLevel: inert,
      MetricsEnabled: inert,
      ResourcePath: text,
      ThrottlingBurstLimit: number,
      ThrottlingRateLimit: number,
    }),
  ),
  RestApiId: required(text),
  StageName: required(text),
  Tags: inert,
  TracingEnabled: inert,
  Variables: map(text),
} as const

export const restStage = apiElement({
  type: 'AWS::ApiGateway::Stage',
  properties: restStageProperties,
  id: (wanted) => wanted.StageName,
  fixed: ['RestApiId', 'StageName'],
})
