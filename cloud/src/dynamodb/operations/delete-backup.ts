import { AwsError } from '../../kernel/index.ts'
import { backupDescription, backupNotFound, backups } from '../engine/backups/backup.ts'
import { isBeingRestored } from '../engine/backups/restore.ts'
import { backupPrefix } from '../engine/layout.ts'
import { clearRubbish, discard } from '../engine/tables/remove-table.ts'
import { backupArn } from './describe-backup.ts'
import { operation } from './operation.ts'

export const deleteBackup = operation('DeleteBackup', {
  input: { BackupArn: backupArn },
  async run(context, input) {
    const { catalog, store } = context
    const deleted = await store.write((writer) => {
      const backup = backups.get(writer, input.BackupArn)
      if (backup === undefined) throw backupNotFound(input.BackupArn)
      const prefix = backupPrefix(backup.id)
      if (backup.status === 'CREATING' || isBeingRestored(catalog, prefix)) {
        throw new AwsError(
          'BackupInUseException',
          `Backup is being created, deleted or restored to a table: ${input.BackupArn}`,
        )
      }
      backups.remove(writer, input.BackupArn)
      discard(writer, prefix)
      return { ...backup, status: 'DELETED' } as const
    })
    clearRubbish(context)
    return { BackupDescription: backupDescription(deleted) }
  },
})
