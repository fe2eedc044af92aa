import {
  backupDetails,
  backups,
  newBackupArn,
  tableNotFoundForBackup,
  type Backup,
} from '../engine/backups/backup.ts'
import { copyItems } from '../engine/backups/copy-items.ts'
import { nextNumber, tableNameOf } from '../engine/tables/catalog.ts'
import { operation } from './operation.ts'
import { plainTableName, tableName } from './shapes.ts'

export const createBackup = operation('CreateBackup', {
  input: { TableName: tableName, BackupName: plainTableName },
  async run(context, input) {
    const { catalog, environment, store } = context
    const table = catalog.find(input.TableName)
    if (table === undefined) throw tableNotFoundForBackup(tableNameOf(input.TableName))
    const createdMs = environment.clock.now()
    const counters = catalog.counters(table)
    const arn = newBackupArn(table.arn, createdMs, environment)
    const backup = await store.write((writer): Backup => {
      const made = {
        arn,
        name: input.BackupName,
        id: nextNumber(writer, 'backup'),
        tableArn: table.arn,
        definition: table.definition,
        createdMs,
        status: 'CREATING',
        items: counters.items(0),
        bytes: counters.bytes(0),
      } as const
      backups.put(writer, arn, made)
      return made
    })
    copyItems(context, backup)
    return { BackupDetails: backupDetails(backup) }
  },
})
