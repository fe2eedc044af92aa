import type { Counters } from '../counters.ts'
import { streamArnOf } from '../streams/stream-arn.ts'
import type { Throughput } from './definition.ts'
import type { Index, Table } from './table.ts'

export type TableStatus = 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'

export type TableDescription = {
  readonly TableName: string
  readonly TableArn: string
  readonly TableStatus: TableStatus
  readonly LatestStreamArn?: string
  readonly [member: string]: unknown
}

/** A table as CreateTable, DescribeTable, UpdateTable and DeleteTable show it (AWS: TableDescription). */
export function describeTable(
  table: Table,
  counters: Counters,
  status?: TableStatus,
): TableDescription {
  const { definition } = table
  const locals = table.indexes.filter((index) => !index.isGlobal)
  const globals = table.indexes.filter((index) => index.isGlobal)
  const changing = globals.some((index) => index.definition.state === 'creating')
  const onDemand = definition.billing.mode === 'PAY_PER_REQUEST'
  return {
    AttributeDefinitions: definition.attributes,
    TableName: table.name,
    KeySchema: definition.key,
    TableStatus: status ?? statusOf(table, changing),
    CreationDateTime: definition.createdMs / 1000,
    ProvisionedThroughput: describeThroughput(definition.billing.throughput),
    TableSizeBytes: counters.bytes(0),
    ItemCount: counters.items(0),
    TableArn: table.arn,
    TableId: definition.tableId,
    ...billingSummary(table),
    ...(locals.length === 0
      ? {}
      : { LocalSecondaryIndexes: locals.map((index) => describeIndex(table, index, counters)) }),
    ...(globals.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: globals.map((index) => ({
            ...describeIndex(table, index, counters),
            ...globalState(index, status),
            ProvisionedThroughput: describeThroughput(
              index.definition.throughput ?? definition.billing.throughput,
            ),
            ...(index.definition.onDemand === undefined
              ? {}
              : { OnDemandThroughput: index.definition.onDemand }),
            WarmThroughput: warmThroughput(onDemand, index.definition.throughput),
          })),
        }),
    ...streamSettings(table),
    ...restoreSummary(table),
    ...(definition.tableClass === undefined
      ? {}
      : {
          TableClassSummary: {
            TableClass: definition.tableClass,
            ...(definition.tableClassChangedMs === undefined
              ? {}
              : { LastUpdateDateTime: definition.tableClassChangedMs / 1000 }),
          },
        }),
    DeletionProtectionEnabled: definition.deletionProtection,
    ...(definition.onDemand === undefined ? {} : { OnDemandThroughput: definition.onDemand }),
    WarmThroughput: warmThroughput(onDemand, definition.billing.throughput),
  }
}

function statusOf({ definition }: Table, changing: boolean): TableStatus {
  if (definition.restore?.from !== undefined) return 'CREATING'
  return changing ? 'UPDATING' : 'ACTIVE'
}

function restoreSummary({ definition: { restore } }: Table): object {
  if (restore === undefined) return {}
  return {
    RestoreSummary: {
      ...(restore.sourceBackupArn === undefined
        ? {}
        : { SourceBackupArn: restore.sourceBackupArn }),
      SourceTableArn: restore.sourceTableArn,
      RestoreDateTime: restore.atMs / 1000,
      RestoreInProgress: restore.from !== undefined,
    },
  }
}

function globalState(index: Index, status: TableStatus | undefined): object {
  if (index.definition.state === 'creating') return { IndexStatus: 'CREATING', Backfilling: true }
  return { IndexStatus: status === 'CREATING' || status === 'DELETING' ? status : 'ACTIVE' }
}

function describeIndex(table: Table, index: Index, counters: Counters): object {
  return {
    IndexName: index.name,
    KeySchema: index.definition.key,
    Projection: index.definition.projection,
    IndexSizeBytes: counters.bytes(index.slot),
    ItemCount: counters.items(index.slot),
    IndexArn: `${table.arn}/index/${index.name}`,
  }
}

const describeThroughput = (throughput: Throughput): object => ({
  ...(throughput.increasedMs === undefined
    ? {}
    : { LastIncreaseDateTime: throughput.increasedMs / 1000 }),
  ...(throughput.decreasedMs === undefined
    ? {}
    : { LastDecreaseDateTime: throughput.decreasedMs / 1000 }),
  NumberOfDecreasesToday: throughput.decreasesToday,
  ReadCapacityUnits: throughput.readUnits,
  WriteCapacityUnits: throughput.writeUnits,
})

/** "DynamoDB warm throughput": 12,000 reads and 4,000 writes on demand, the provisioned units otherwise. */
const warmThroughput = (onDemand: boolean, throughput: Throughput | undefined): object => ({
  ReadUnitsPerSecond: onDemand ? 12_000 : (throughput?.readUnits ?? 0),
  WriteUnitsPerSecond: onDemand ? 4000 : (throughput?.writeUnits ?? 0),
  Status: 'ACTIVE',
})

function billingSummary({ definition: { billing } }: Table): object {
  if (billing.mode === 'PROVISIONED' && billing.payPerRequestMs === undefined) return {}
  return {
    BillingModeSummary: {
      BillingMode: billing.mode,
      ...(billing.payPerRequestMs === undefined
        ? {}
        : { LastUpdateToPayPerRequestDateTime: billing.payPerRequestMs / 1000 }),
    },
  }
}

function streamSettings(table: Table): { LatestStreamArn?: string; [member: string]: unknown } {
  const { stream, latestStreamLabel } = table.definition
  if (latestStreamLabel === undefined) return {}
  const LatestStreamArn = streamArnOf(table.arn, latestStreamLabel)
  const shown = { LatestStreamLabel: latestStreamLabel, LatestStreamArn }
  return stream === undefined
    ? shown
    : {
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.viewType },
        ...shown,
      }
}
