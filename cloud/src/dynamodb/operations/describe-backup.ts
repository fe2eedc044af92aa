import { textOf } from '../../kernel/index.ts'
import { backupDescription, backupNotFound, backups } from '../engine/backups/backup.ts'
import { operation } from './operation.ts'

const backupArnLengthMin = 37
const backupArnLengthMax = 1024
export const backupArn = textOf({ min: backupArnLengthMin, max: backupArnLengthMax })

export const describeBackup = operation('DescribeBackup', {
  input: { BackupArn: backupArn },
  run({ store }, input) {
    const backup = backups.get(store.reader, input.BackupArn)
    if (backup === undefined) throw backupNotFound(input.BackupArn)
    return { BackupDescription: backupDescription(backup) }
  },
})
