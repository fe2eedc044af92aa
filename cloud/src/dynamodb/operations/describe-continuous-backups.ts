import { tableNotFoundForBackup } from '../engine/backups/backup.ts'
import { tableNameOf, type Catalog } from '../engine/tables/catalog.ts'
import type { Table } from '../engine/tables/table.ts'
import { operation } from './operation.ts'
import { tableName } from './shapes.ts'

export const describeContinuousBackups = operation('DescribeContinuousBackups', {
  input: { TableName: tableName },
  run({ catalog, environment }, input) {
    const table = tableForBackup(catalog, input.TableName)
    return {
      ContinuousBackupsDescription: continuousBackups(table, environment.clock.now()),
    }
  },
})

/** @throws AwsError TableNotFoundException */
export function tableForBackup(catalog: Catalog, nameOrArn: string): Table {
  const table = catalog.find(nameOrArn)
  if (table === undefined) throw tableNotFoundForBackup(tableNameOf(nameOrArn))
  return table
}

/** AWS: ContinuousBackupsDescription. What can be restored is the table as it is now. */
export function continuousBackups({ definition }: Table, nowMs: number): object {
  const { recoveryDays } = definition
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      recoveryDays === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: recoveryDays,
            EarliestRestorableDateTime: nowMs / 1000,
            LatestRestorableDateTime: nowMs / 1000,
          },
  }
}
