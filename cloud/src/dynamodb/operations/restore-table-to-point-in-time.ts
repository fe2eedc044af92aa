import { AwsError, boolean, number, optional, text } from '../../kernel/index.ts'
import { tableNotFoundForBackup } from '../engine/backups/backup.ts'
import { tableNameOf } from '../engine/tables/catalog.ts'
import { invalid, operation } from './operation.ts'
import { overrides, restoredTable } from './restored-table.ts'
import { plainTableName } from './shapes.ts'

/**
 * Restores a table as it is now. No log of changes is kept for 35 days, so that earlier moments cannot be had: they
 * are refused by a sentence that says so, rather than answered with the wrong items.
 */
export const restoreTableToPointInTime = operation('RestoreTableToPointInTime', {
  input: {
    SourceTableArn: optional(text),
    SourceTableName: optional(plainTableName),
    TargetTableName: plainTableName,
    UseLatestRestorableTime: optional(boolean),
    RestoreDateTime: optional(number),
    ...overrides,
  },
  run(context, input) {
    const { catalog, environment } = context
    const named = input.SourceTableArn ?? input.SourceTableName
    if (named === undefined) {
      throw invalid('One of SourceTableArn or SourceTableName must be specified')
    }
    const source = catalog.find(named)
    if (source === undefined) throw tableNotFoundForBackup(tableNameOf(named))
    if (source.definition.recoveryDays === undefined) {
      throw new AwsError(
        'PointInTimeRecoveryUnavailableException',
        `Point in time recovery is not enabled for table '${source.name}'`,
      )
    }
    if ((input.UseLatestRestorableTime === true) === (input.RestoreDateTime !== undefined)) {
      throw invalid('Either UseLatestRestorableTime or RestoreDateTime must be specified, not both')
    }
    if (input.RestoreDateTime !== undefined) {
      throw new AwsError(
        'InvalidRestoreTimeException',
        'Cloudlet keeps no log of earlier changes: only the latest restorable time can be restored. ' +
          'Set UseLatestRestorableTime, or make a backup with CreateBackup at the moments that matter.',
      )
    }
    return restoredTable(context, {
      name: input.TargetTableName,
      source: source.definition,
      restore: {
        sourceTableArn: source.arn,
        atMs: environment.clock.now(),
        from: source.prefix.toString('hex'),
      },
      input,
    })
  },
})
