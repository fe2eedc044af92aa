import type { Operation } from '../../kernel/index.ts'
import { createTable } from './create-table.ts'
import { deleteItem } from './delete-item.ts'
import { deleteTable } from './delete-table.ts'
import { describeTable } from './describe-table.ts'
import { getItem } from './get-item.ts'
import { listTables } from './list-tables.ts'
import type { Context } from './operation.ts'
import { putItem } from './put-item.ts'
import { query } from './query.ts'
import { scan } from './scan.ts'
import { updateItem } from './update-item.ts'

/** Every operation of DynamoDB that is served: a new one is added here. */
export const operations: readonly Operation<Context>[] = [
  createTable,
  deleteItem,
  deleteTable,
  describeTable,
  getItem,
  listTables,
  putItem,
  query,
  scan,
  updateItem,
]
