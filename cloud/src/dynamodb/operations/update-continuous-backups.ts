import { boolean, integerOf, optional, structure } from '../../kernel/index.ts'
import { continuousBackups, tableForBackup } from './describe-continuous-backups.ts'
import { operation } from './operation.ts'
import { tableName } from './shapes.ts'

const recoveryDaysMax = 35

export const updateContinuousBackups = operation('UpdateContinuousBackups', {
  input: {
    TableName: tableName,
    PointInTimeRecoverySpecification: structure({
      PointInTimeRecoveryEnabled: boolean,
      RecoveryPeriodInDays: optional(integerOf(1, recoveryDaysMax)),
    }),
  },
  async run({ catalog, environment }, input) {
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days } =
      input.PointInTimeRecoverySpecification
    const { name } = tableForBackup(catalog, input.TableName)
    const table = await catalog.change(name, ({ recoveryDays, ...definition }) =>
      enabled
        ? { ...definition, recoveryDays: days ?? recoveryDays ?? recoveryDaysMax }
        : definition,
    )
    return { ContinuousBackupsDescription: continuousBackups(table, environment.clock.now()) }
  },
})
