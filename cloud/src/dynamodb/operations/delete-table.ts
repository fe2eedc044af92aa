import { AwsError } from '../../kernel/index.ts'
import { requireNotCopied } from '../engine/backups/restore.ts'
import { describeTable } from '../engine/tables/describe.ts'
import { removeTable } from '../engine/tables/remove-table.ts'
import { invalid, namedTable, operation } from './operation.ts'
import { tableNameOnly } from './shapes.ts'

export const deleteTable = namedTable(
  operation('DeleteTable', {
    input: { TableName: tableNameOnly },
    async run(context, input) {
      const { catalog } = context
      const table = catalog.getNamed(input.TableName)
      if (table.definition.deletionProtection) {
        throw invalid(
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        )
      }
      if (table.indexes.some((index) => index.definition.state === 'creating')) {
        throw new AwsError(
          'ResourceInUseException',
          `Attempt to change a resource which is still in use: Table is being updated: ${table.name}`,
        )
      }
      requireNotCopied(context, table)
      const counters = catalog.counters(table)
      await removeTable(context, table)
      return { TableDescription: describeTable(table, counters, 'DELETING') }
    },
  }),
)
