import { boolean, document, firstProblem, list, optional, structure } from '../../kernel/index.ts'
import { disableStream, openStream } from '../engine/streams/enable.ts'
import { streamArnOf } from '../engine/streams/stream-arn.ts'
import {
  changeBilling,
  changeIndexes,
  type IndexUpdate,
} from '../engine/tables/change-definition.ts'
import { checkUnits, type ThroughputInput } from '../engine/tables/check-definition.ts'
import type { TableDefinition } from '../engine/tables/definition.ts'
import { describeTable } from '../engine/tables/describe.ts'
import { fillTable } from '../engine/tables/fill.ts'
import { clearRubbish, discardIndex } from '../engine/tables/remove-table.ts'
import { checkStreamSpecification } from './create-table.ts'
import { invalid, namedTable, operation } from './operation.ts'
import { indexName, tableNameOnly } from './shapes.ts'
import * as shape from './table-shapes.ts'

export const updateTable = namedTable(
  operation('UpdateTable', {
    input: {
      TableName: tableNameOnly,
      ProvisionedThroughput: optional(shape.throughput),
      BillingMode: shape.billingMode,
      GlobalSecondaryIndexUpdates: optional(
        list(
          structure({
            Update: optional(
              structure({
                IndexName: indexName,
                ProvisionedThroughput: optional(shape.throughput),
                OnDemandThroughput: shape.onDemandThroughput,
                WarmThroughput: optional(document),
              }),
            ),
            Create: optional(shape.globalIndex),
            Delete: optional(structure({ IndexName: indexName })),
          }),
        ),
      ),
      AttributeDefinitions: optional(shape.attributeDefinitions),
      StreamSpecification: shape.streamSpecification,
      TableClass: shape.tableClass,
      DeletionProtectionEnabled: optional(boolean),
      OnDemandThroughput: shape.onDemandThroughput,
      SSESpecification: optional(document),
      WarmThroughput: optional(document),
      ReplicaUpdates: optional(list(document)),
    },
    check: (input) =>
      firstProblem(
        checkSomething(input),
        checkUpdates(input),
        checkStreamSpecification(input.StreamSpecification),
      ),
    async run(context, input) {
      const { catalog, streams, streamShards, environment } = context
      const nowMs = environment.clock.now()
      const before = catalog.getNamed(input.TableName)
      const table = await catalog.change(before.name, (found, writer, counters) => {
        const billed = changeBilling(found, input, nowMs)
        const { definition, deleted } = changeIndexes(
          billed,
          input.GlobalSecondaryIndexUpdates ?? [],
          input.AttributeDefinitions,
          nowMs,
        )
        for (const slot of deleted) {
          discardIndex(writer, definition.id, slot)
          counters.reset(slot)
        }
        const settled = withSettings(definition, input, nowMs)
        const wanted = input.StreamSpecification
        if (wanted === undefined) return settled
        const { stream, ...rest } = settled
        if (!wanted.StreamEnabled || wanted.StreamViewType === undefined) {
          if (stream === undefined) {
            throw invalid(`Table has no stream to disable: TableName: ${found.name}`)
          }
          disableStream(writer, stream, before.arn, nowMs, counters)
          return rest
        }
        if (stream !== undefined) {
          throw invalid(`Table already has an enabled stream: TableName: ${found.name}`)
        }
        const opened = openStream(writer, found, before.arn, {
          viewType: wanted.StreamViewType,
          nowMs,
          shards: streamShards,
          lastSequence: counters.lastSequence,
        })
        return { ...rest, ...opened }
      })
      for (const label of new Set([
        before.definition.latestStreamLabel,
        table.definition.latestStreamLabel,
      ])) {
        if (label !== undefined) streams.refresh(streamArnOf(table.arn, label))
      }
      const answer = describeTable(table, catalog.counters(table), 'UPDATING')
      fillTable(context, table.name, table.id)
      clearRubbish(context)
      return { TableDescription: answer }
    },
  }),
)

type Input = {
  readonly TableName: string
  readonly ProvisionedThroughput?: ThroughputInput | undefined
  readonly BillingMode?: string | undefined
  readonly GlobalSecondaryIndexUpdates?: readonly IndexUpdate[] | undefined
  readonly StreamSpecification?: unknown
  readonly TableClass?: TableDefinition['tableClass'] | undefined
  readonly DeletionProtectionEnabled?: boolean | undefined
  readonly OnDemandThroughput?: TableDefinition['onDemand'] | undefined
  readonly SSESpecification?: unknown
  readonly WarmThroughput?: unknown
  readonly ReplicaUpdates?: readonly unknown[] | undefined
}

function checkSomething(input: Input): string | undefined {
  if (input.ReplicaUpdates !== undefined && input.ReplicaUpdates.length > 0) {
    return 'ReplicaUpdates is not supported: global tables need several regions'
  }
  const { TableName: _, ReplicaUpdates: __, GlobalSecondaryIndexUpdates: ___, ...rest } = input
  const indexes = (input.GlobalSecondaryIndexUpdates ?? []).length > 0
  return indexes || Object.values(rest).some((member) => member !== undefined)
    ? undefined
    : 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required'
}

function checkUpdates(input: Input): string | undefined {
  const invalidParameter = 'One or more parameter values were invalid: '
  if (input.BillingMode === 'PROVISIONED' && input.ProvisionedThroughput === undefined) {
    return `${invalidParameter}ProvisionedThroughput must be specified when BillingMode is PROVISIONED`
  }
  const problem =
    input.ProvisionedThroughput === undefined ? undefined : checkUnits(input.ProvisionedThroughput)
  if (problem !== undefined) return problem
  const names = new Set<string>()
  for (const { Create, Update, Delete } of input.GlobalSecondaryIndexUpdates ?? []) {
    const name = (Update ?? Create ?? Delete)?.IndexName
    if (name === undefined) {
      return (
        `${invalidParameter}One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, ` +
        'GlobalSecondaryIndexUpdate.Delete must not be null'
      )
    }
    if (names.has(name)) {
      return `${invalidParameter}Only one global secondary index update per index is allowed simultaneously. Index: ${name}`
    }
    names.add(name)
  }
  return undefined
}

function withSettings(definition: TableDefinition, input: Input, nowMs: number): TableDefinition {
  const { TableClass: tableClass, DeletionProtectionEnabled: protection } = input
  return {
    ...definition,
    ...(tableClass === undefined || tableClass === (definition.tableClass ?? 'STANDARD')
      ? {}
      : { tableClass, tableClassChangedMs: nowMs }),
    ...(protection === undefined ? {} : { deletionProtection: protection }),
    ...(input.OnDemandThroughput === undefined ? {} : { onDemand: input.OnDemandThroughput }),
  }
}
