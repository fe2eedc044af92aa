import { boolean, document, firstProblem, list, optional } from '../../kernel/index.ts'
import { openStream } from '../engine/streams/enable.ts'
import { checkTable, type TableInput } from '../engine/tables/check-definition.ts'
import { indexDefinitionOf, throughputOf } from '../engine/tables/change-definition.ts'
import type { IndexDefinition } from '../engine/tables/definition.ts'
import { describeTable } from '../engine/tables/describe.ts'
import { checkTags } from '../engine/tables/tags.ts'
import { namedTable, operation } from './operation.ts'
import { tableNameOnly } from './shapes.ts'
import * as shape from './table-shapes.ts'

export const createTable = namedTable(
  operation('CreateTable', {
    input: {
      AttributeDefinitions: shape.attributeDefinitions,
      TableName: tableNameOnly,
      BillingMode: shape.billingMode,
      ProvisionedThroughput: optional(shape.throughput),
      KeySchema: shape.keySchema,
      LocalSecondaryIndexes: shape.localIndexes,
      GlobalSecondaryIndexes: optional(list(shape.globalIndex)),
      StreamSpecification: shape.streamSpecification,
      TableClass: shape.tableClass,
      DeletionProtectionEnabled: optional(boolean),
      OnDemandThroughput: shape.onDemandThroughput,
      Tags: optional(shape.tags),
      // Encryption at rest and pre-warming have no effect on one machine.
      SSESpecification: optional(document),
      WarmThroughput: optional(document),
      ResourcePolicy: optional(document),
    },
    check: (input) =>
      firstProblem(
        checkTable(input),
        checkStreamSpecification(input.StreamSpecification),
        checkTags(input.Tags),
      ),
    async run({ catalog, streams, streamShards, environment }, input) {
      const nowMs = environment.clock.now()
      const tableId = environment.ids.uuid()
      const viewType = input.StreamSpecification?.StreamViewType
      const arn = catalog.arnOf(input.TableName)
      const table = await catalog.create(input.TableName, (id, writer) => {
        const key = input.KeySchema
        const named = { id, name: input.TableName, key }
        return {
          ...named,
          tableId,
          version: 1,
          createdMs: nowMs,
          attributes: input.AttributeDefinitions,
          billing: billingOf(input, nowMs),
          indexes: indexesOf(input),
          lastSlot:
            (input.LocalSecondaryIndexes?.length ?? 0) +
            (input.GlobalSecondaryIndexes?.length ?? 0),
          tags: input.Tags ?? [],
          deletionProtection: input.DeletionProtectionEnabled ?? false,
          ...(input.TableClass === undefined ? {} : { tableClass: input.TableClass }),
          ...(input.OnDemandThroughput === undefined ? {} : { onDemand: input.OnDemandThroughput }),
          ...(viewType === undefined || input.StreamSpecification?.StreamEnabled !== true
            ? {}
            : openStream(writer, named, arn, {
                viewType,
                nowMs,
                shards: streamShards,
                lastSequence: 0,
              })),
        }
      })
      const { LatestStreamArn: streamArn } = describeTable(table, catalog.counters(table))
      if (streamArn !== undefined) streams.refresh(streamArn)
      return { TableDescription: describeTable(table, catalog.counters(table), 'CREATING') }
    },
  }),
)

export function checkStreamSpecification(
  specification: { StreamEnabled: boolean; StreamViewType?: string | undefined } | undefined,
): string | undefined {
  if (specification === undefined) return undefined
  if (specification.StreamEnabled && specification.StreamViewType === undefined) {
    return 'One or more parameter values were invalid: StreamViewType cannot be null when StreamEnabled is true'
  }
  if (!specification.StreamEnabled && specification.StreamViewType !== undefined) {
    return 'One or more parameter values were invalid: StreamViewType must be null when StreamEnabled is false'
  }
  return undefined
}

function billingOf(input: TableInput, nowMs: number) {
  const mode = input.BillingMode ?? 'PROVISIONED'
  return {
    mode,
    throughput: throughputOf(input.ProvisionedThroughput),
    ...(mode === 'PAY_PER_REQUEST' ? { payPerRequestMs: nowMs } : {}),
  }
}

function indexesOf(input: TableInput): IndexDefinition[] {
  const all = [
    ...(input.LocalSecondaryIndexes ?? []).map((index) => ['local', index] as const),
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => ['global', index] as const),
  ]
  return all.map(([kind, index], at) => indexDefinitionOf(kind, index, at + 1, 'active'))
}
