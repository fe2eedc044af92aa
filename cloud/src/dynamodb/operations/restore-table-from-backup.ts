import { AwsError } from '../../kernel/index.ts'
import { backupNotFound, backups } from '../engine/backups/backup.ts'
import { backupPrefix } from '../engine/layout.ts'
import { backupArn } from './describe-backup.ts'
import { operation } from './operation.ts'
import { overrides, restoredTable } from './restored-table.ts'
import { plainTableName } from './shapes.ts'

export const restoreTableFromBackup = operation('RestoreTableFromBackup', {
  input: { TargetTableName: plainTableName, BackupArn: backupArn, ...overrides },
  run(context, input) {
    const backup = backups.get(context.store.reader, input.BackupArn)
    if (backup === undefined) throw backupNotFound(input.BackupArn)
    if (backup.status !== 'AVAILABLE') {
      throw new AwsError(
        'BackupInUseException',
        `Backup is being created, deleted or restored to a table: ${input.BackupArn}`,
      )
    }
    return restoredTable(context, {
      name: input.TargetTableName,
      source: backup.definition,
      restore: {
        sourceTableArn: backup.tableArn,
        sourceBackupArn: backup.arn,
        atMs: backup.createdMs,
        from: backupPrefix(backup.id).toString('hex'),
      },
      input,
    })
  },
})
