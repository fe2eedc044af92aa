import { badRequest, documentClient, env, httpHandler, ok } from '@cloudlet/kit'
import { managedTable } from '../domain/managed-tables.ts'
import { readParameters, tableOperation } from '../domain/operations.ts'
import { ManagerRequest } from '../domain/request.ts'
import { runOperation } from '../store/run.ts'

const client = documentClient()
const tables = env('MANAGED_TABLES').split(',')

/** POST /DynamoDBManager */
export const handler = httpHandler(
  { body: ManagerRequest, numbers: 'exact' },
  async ({ body: { operation: name, tableName, payload } }) => {
    if (name === 'ping') return ok('pong')
    if (name === 'echo') return ok(payload)
    const operation = tableOperation(name)
    if (operation === undefined) {
      throw badRequest(`Unrecognized operation ${JSON.stringify(name)}`)
    }
    const table = managedTable(tables, tableName)
    return ok(await runOperation(client, operation, table, readParameters(operation, payload)))
  },
)
