import { AwsError, type Environment } from '../../../kernel/index.ts'
import { documents } from '../../../storage/index.ts'
import type { TableDefinition } from '../tables/definition.ts'

/** A backup: what is kept of the table, as a document under the backup's ARN. Its items lie apart (layout.ts). */
export type Backup = {
  readonly arn: string
  readonly name: string
  /** The backup's number in storage keys: never used again. */
  readonly id: number
  readonly tableArn: string
  /** The table as it was. */
  readonly definition: TableDefinition
  readonly createdMs: number
  readonly status: 'CREATING' | 'AVAILABLE' | 'DELETED'
  readonly items: number
  readonly bytes: number
}

export const backups = documents<Backup>('dynamodb/backups')

/** `…:table/Music/backup/01489602797149-73d8d5bc`: the time and something random. */
export function newBackupArn(tableArn: string, nowMs: number, { ids }: Environment): string {
  return `${tableArn}/backup/0${nowMs}-${ids.bytes(4).toString('hex')}`
}

export const backupNotFound = (arn: string): AwsError =>
  new AwsError('BackupNotFoundException', `Backup not found: ${arn}`)

export const tableNotFoundForBackup = (name: string): AwsError =>
  new AwsError('TableNotFoundException', `Table not found: ${name}`)

/** AWS: BackupDetails. */
export const backupDetails = (backup: Backup): object => ({
  BackupArn: backup.arn,
  BackupName: backup.name,
  BackupSizeBytes: backup.bytes,
  BackupStatus: backup.status,
  BackupType: 'USER',
  BackupCreationDateTime: backup.createdMs / 1000,
})

/** AWS: BackupSummary. */
export const backupSummary = (backup: Backup): object => ({
  TableName: backup.definition.name,
  TableId: backup.definition.tableId,
  TableArn: backup.tableArn,
  ...backupDetails(backup),
})

/** AWS: BackupDescription. */
export function backupDescription(backup: Backup): object {
  const { definition } = backup
  const indexes = (kind: 'global' | 'local'): object[] =>
    definition.indexes
      .filter((index) => index.kind === kind)
      .map((index) => ({
        IndexName: index.name,
        KeySchema: index.key,
        Projection: index.projection,
        ...(kind === 'local' ? {} : { ProvisionedThroughput: throughput(index.throughput) }),
      }))
  const locals = indexes('local')
  const globals = indexes('global')
  return {
    BackupDetails: backupDetails(backup),
    SourceTableDetails: {
      TableName: definition.name,
      TableId: definition.tableId,
      TableArn: backup.tableArn,
      TableSizeBytes: backup.bytes,
      KeySchema: definition.key,
      TableCreationDateTime: definition.createdMs / 1000,
      ProvisionedThroughput: throughput(definition.billing.throughput),
      ItemCount: backup.items,
      BillingMode: definition.billing.mode,
    },
    SourceTableFeatureDetails: {
      ...(locals.length === 0 ? {} : { LocalSecondaryIndexes: locals }),
      ...(globals.length === 0 ? {} : { GlobalSecondaryIndexes: globals }),
      ...(definition.stream === undefined
        ? {}
        : {
            StreamDescription: { StreamEnabled: true, StreamViewType: definition.stream.viewType },
          }),
      TimeToLiveDescription:
        definition.ttl === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: definition.ttl.attribute },
    },
  }
}

const throughput = (given: TableDefinition['billing']['throughput'] | undefined): object => ({
  ReadCapacityUnits: given?.readUnits ?? 0,
  WriteCapacityUnits: given?.writeUnits ?? 0,
})
