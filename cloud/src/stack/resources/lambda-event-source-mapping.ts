import { arn } from '../../kernel/index.ts'
import { unqualified } from '../function-name.ts'
import {
  boolean,
  inert,
  list,
  members,
  number,
  oneOf,
  refused,
  required,
  text,
  type PropertiesOf,
} from '../property-shape.ts'
import { generatedUuid, type ResourceContext } from '../resource-context.ts'
import { resourceType, type PhysicalResource } from '../resource-type.ts'

const otherSource = 'event sources other than DynamoDB streams'

/** CloudFormation, "AWS::Lambda::EventSourceMapping". */
const properties = {
  AmazonManagedKafkaEventSourceConfig: refused(otherSource),
  BatchSize: number,
  BisectBatchOnFunctionError: boolean,
  DestinationConfig: members({
    OnFailure: members({ Destination: text }),
    OnSuccess: refused('streams have no destination for success'),
  }),
  DocumentDBEventSourceConfig: refused(otherSource),
  Enabled: boolean,
  EventSourceArn: required(text),
  FilterCriteria: members({ Filters: list(members({ Pattern: required(text) })) }),
  FunctionName: required(text),
  FunctionResponseTypes: list(oneOf('ReportBatchItemFailures')),
  KmsKeyArn: inert,
  LoggingConfig: inert,
  MaximumBatchingWindowInSeconds: number,
  MaximumRecordAgeInSeconds: number,
  MaximumRetryAttempts: number,
  MetricsConfig: inert,
  ParallelizationFactor: number,
  ProvisionedPollerConfig: refused(otherSource),
  Queues: refused(otherSource),
  ScalingConfig: refused(otherSource),
  SelfManagedEventSource: refused(otherSource),
  SelfManagedKafkaEventSourceConfig: refused(otherSource),
  SourceAccessConfigurations: refused(otherSource),
  StartingPosition: oneOf('TRIM_HORIZON', 'LATEST'),
  StartingPositionTimestamp: refused('DynamoDB streams start at TRIM_HORIZON or LATEST'),
  Tags: inert,
  Topics: refused(otherSource),
  TumblingWindowInSeconds: refused('aggregate in the function or its table'),
} as const

type MappingProperties = PropertiesOf<typeof properties>

export const lambdaEventSourceMapping = resourceType({
  type: 'AWS::Lambda::EventSourceMapping',
  properties,
  attributes: ['EventSourceMappingArn', 'Id'],
  check(wanted, report) {
    // A reference to a stream is a mark here; an ARN in plain text tells its service.
    const service = /^arn:[^:]*:([^:]*):/.exec(wanted.EventSourceArn)?.[1]
    if (service !== undefined && service !== 'dynamodb') {
      report('EventSourceArn', `is not simulated for ${service}: only DynamoDB streams are`)
    }
    if (wanted.StartingPosition === undefined) report('StartingPosition', 'is missing')
  },
  create(context, wanted) {
    const uuid = generatedUuid(context)
    const mapping = {
      physicalId: uuid,
      attributes: {
        Id: uuid,
        EventSourceMappingArn: arn(context.environment, 'lambda', `event-source-mapping:${uuid}`),
      },
    }
    put(context, mapping, wanted)
    return mapping
  },
  update(context, existing, { before, after }) {
    if (
      before.EventSourceArn !== after.EventSourceArn ||
      before.StartingPosition !== after.StartingPosition
    ) {
      return 'replace'
    }
    put(context, existing, after)
    return existing
  },
  remove(context, existing) {
    context.parts.eventSources.remove(existing.physicalId)
  },
  restore: put,
})

/** Lambda, "Lambda parameters for Amazon DynamoDB Streams": -1 retries until the record expires. */
const unlimited = -1
const batchSizeDefault = 100

function put(
  context: ResourceContext,
  existing: PhysicalResource,
  wanted: MappingProperties,
): void {
  const destination = wanted.DestinationConfig?.OnFailure?.Destination
  context.parts.eventSources.put({
    uuid: existing.physicalId,
    functionName: unqualified(wanted.FunctionName),
    eventSourceArn: wanted.EventSourceArn,
    startingPosition: wanted.StartingPosition ?? 'TRIM_HORIZON',
    batchSize: wanted.BatchSize ?? batchSizeDefault,
    maximumBatchingWindowSeconds: wanted.MaximumBatchingWindowInSeconds ?? 0,
    parallelizationFactor: wanted.ParallelizationFactor ?? 1,
    maximumRetryAttempts: wanted.MaximumRetryAttempts ?? unlimited,
    maximumRecordAgeSeconds: wanted.MaximumRecordAgeInSeconds ?? unlimited,
    bisectBatchOnFunctionError: wanted.BisectBatchOnFunctionError ?? false,
    reportBatchItemFailures: (wanted.FunctionResponseTypes ?? []).length > 0,
    filters: (wanted.FilterCriteria?.Filters ?? []).map((each) => each.Pattern),
    ...(destination === undefined ? {} : { onFailureDestination: destination }),
    enabled: wanted.Enabled ?? true,
  })
}
