import { describeTable as describe } from '../engine/tables/describe.ts'
import { namedTable, operation } from './operation.ts'
import { tableNameOnly } from './shapes.ts'

export const describeTable = namedTable(
  operation('DescribeTable', {
    input: { TableName: tableNameOnly },
    run({ catalog }, input) {
      const table = catalog.getNamed(input.TableName)
      return { Table: describe(table, catalog.counters(table)) }
    },
  }),
)
