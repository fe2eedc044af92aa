import { integerOf, number, oneOf, optional } from '../../kernel/index.ts'
import { backups, backupSummary, type Backup } from '../engine/backups/backup.ts'
import { tableNameOf } from '../engine/tables/catalog.ts'
import { backupArn } from './describe-backup.ts'
import { operation } from './operation.ts'
import { tableName } from './shapes.ts'

const backupsPerPageMax = 100

export const listBackups = operation('ListBackups', {
  input: {
    TableName: optional(tableName),
    Limit: optional(integerOf(1, backupsPerPageMax)),
    TimeRangeLowerBound: optional(number),
    TimeRangeUpperBound: optional(number),
    ExclusiveStartBackupArn: optional(backupArn),
    BackupType: optional(oneOf('USER', 'SYSTEM', 'AWS_BACKUP', 'ALL')),
  },
  run({ store }, input) {
    const limit = input.Limit ?? backupsPerPageMax
    const name = input.TableName === undefined ? undefined : tableNameOf(input.TableName)
    const found: Backup[] = []
    const after = input.ExclusiveStartBackupArn
    // All backups here are of the type USER: nothing makes any of the others.
    const none = input.BackupType === 'SYSTEM' || input.BackupType === 'AWS_BACKUP'
    for (const [, backup] of backups.list(store.reader, after === undefined ? {} : { after })) {
      const seconds = backup.createdMs / 1000
      if (
        none ||
        (name !== undefined && backup.definition.name !== name) ||
        seconds < (input.TimeRangeLowerBound ?? 0) ||
        seconds >= (input.TimeRangeUpperBound ?? Infinity)
      ) {
        continue
      }
      found.push(backup)
      if (found.length > limit) break
    }
    const page = found.slice(0, limit)
    const last = found.length > limit ? page.at(-1) : undefined
    return {
      BackupSummaries: page.map(backupSummary),
      ...(last === undefined ? {} : { LastEvaluatedBackupArn: last.arn }),
    }
  },
})
