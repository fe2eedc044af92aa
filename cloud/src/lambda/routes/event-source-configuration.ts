import type { Environment } from '../../kernel/index.ts'
import type { EventSourceState } from '../event-sources/event-sources.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import { arn } from '../../kernel/index.ts'

/** An event-source mapping as GetEventSourceMapping shows it. */
export function eventSourceConfigurationOf(
  environment: Environment,
  registry: FunctionRegistry,
  { definition, lastProcessingResult }: EventSourceState,
): object {
  const { filters, onFailureDestination } = definition
  return {
    UUID: definition.uuid,
    EventSourceMappingArn: arn(environment, 'lambda', `event-source-mapping:${definition.uuid}`),
    EventSourceArn: definition.eventSourceArn,
    FunctionArn: registry.find(definition.functionName)?.definition.arn ?? definition.functionName,
    StartingPosition: definition.startingPosition,
    BatchSize: definition.batchSize,
    MaximumBatchingWindowInSeconds: definition.maximumBatchingWindowSeconds,
    ParallelizationFactor: definition.parallelizationFactor,
    MaximumRetryAttempts: definition.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: definition.maximumRecordAgeSeconds,
    BisectBatchOnFunctionError: definition.bisectBatchOnFunctionError,
    TumblingWindowInSeconds: 0,
    FunctionResponseTypes: definition.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    ...(filters.length === 0
      ? {}
      : { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } }),
    DestinationConfig: {
      OnFailure: onFailureDestination === undefined ? {} : { Destination: onFailureDestination },
    },
    State: definition.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'User action',
    LastProcessingResult: lastProcessingResult,
  }
}
