import { AwsError, list, structure } from '../../kernel/index.ts'
import { Consumption, readUnits, TableConsumptions } from '../engine/capacity.ts'
import { itemKey } from '../engine/keys.ts'
import type { Select, Statement } from '../engine/partiql/ast.ts'
import { batchStatementsMax } from '../engine/partiql/limits.ts'
import { singleKeyOf } from '../engine/partiql/plan-select.ts'
import { projectRow } from '../engine/partiql/project.ts'
import { keyedItem } from '../engine/items/item-write.ts'
import { planStatement } from '../engine/partiql/plan-write.ts'
import { readItem } from '../engine/reads/get.ts'
import { wireItem } from './answers.ts'
import { invalid, operation, type Context } from './operation.ts'
import * as shape from './shapes.ts'
import {
  statementOf,
  statementParameters,
  statementText,
  tableOfStatement,
} from './statement-shapes.ts'
import { returnedItem, runStatement } from './statement-write.ts'

const batchStatement = structure({
  Statement: statementText,
  Parameters: statementParameters,
  ConsistentRead: shape.consistentRead,
  ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
})

type Entry = {
  readonly statement: Statement | undefined
  /** What is wrong with it: its answer, while the others run. */
  readonly problem: AwsError | undefined
  readonly consistent: boolean
  readonly returnOnFailure: 'ALL_OLD' | 'NONE' | undefined
}

/** "Running batch operations with PartiQL for DynamoDB": each statement by itself, all reads or all writes. */
export const batchExecuteStatement = operation('BatchExecuteStatement', {
  input: {
    Statements: list(batchStatement, { min: 1, max: batchStatementsMax }),
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
  },
  async run(context, input) {
    const entries = input.Statements.map((given): Entry => {
      const { statement, problem } = attempt(() => statementOf(given))
      return {
        statement,
        problem,
        consistent: given.ConsistentRead === true,
        returnOnFailure: given.ReturnValuesOnConditionCheckFailure,
      }
    })
    checkKinds(entries)
    checkDistinct(context, entries)
    const used = new TableConsumptions()
    const responses = await Promise.all(entries.map((entry) => answer(context, entry, used)))
    return { Responses: responses, ...used.member(input.ReturnConsumedCapacity) }
  },
})

function attempt(parse: () => Statement) {
  try {
    return { statement: parse(), problem: undefined }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    return { statement: undefined, problem: error }
  }
}

function checkKinds(entries: readonly Entry[]): void {
  const kinds = new Set(
    entries.flatMap(({ statement }) =>
      statement === undefined ? [] : [statement.kind === 'select' ? 'read' : 'write'],
    ),
  )
  if (kinds.size > 1) {
    throw invalid('Read and write requests together in the same batch is not supported.')
  }
}

/** Two statements on one item refuse the whole batch, as in BatchGetItem and BatchWriteItem. */
function checkDistinct({ catalog }: Context, entries: readonly Entry[]): void {
  const places = new Set<string>()
  for (const { statement } of entries) {
    const table = statement === undefined ? undefined : catalog.find(tableOfStatement(statement))
    if (statement === undefined || table === undefined) continue
    let place: string
    try {
      const key =
        statement.kind === 'select'
          ? singleKeyOf(table, statement.where)?.key
          : keyedItem(planStatement(table, statement))
      if (key === undefined) continue
      place = itemKey(table, key).toString('latin1')
    } catch (error) {
      if (error instanceof AwsError) continue // the statement's own answer
      throw error
    }
    if (places.has(place)) throw invalid('Provided list of item keys contains duplicates')
    places.add(place)
  }
}

async function answer(context: Context, entry: Entry, used: TableConsumptions): Promise<object> {
  const { statement } = entry
  if (statement === undefined) return { Error: errorOf(entry.problem) }
  const table = context.catalog.find(tableOfStatement(statement))
  const named = table === undefined ? {} : { TableName: table.name }
  try {
    if (statement.kind === 'exists') {
      throw invalid('EXISTS can only be used in ExecuteTransaction write requests.')
    }
    if (statement.kind === 'select') return read(context, statement, entry.consistent, used)
    const done = await runStatement(context, statement, entry.returnOnFailure)
    used.of(done.table).merge(done.outcome.used)
    const item = returnedItem(statement, done.outcome)
    return { ...named, ...(item === undefined ? {} : { Item: item }) }
  } catch (error) {
    if (!(error instanceof AwsError) || error.fault === 'server') throw error
    return error.code === 'ConditionalCheckFailedException' ||
      error.code === 'DuplicateItemException'
      ? { Error: errorOf(error), ...named }
      : { Error: errorOf(error) }
  }
}

function read(
  { catalog, store, throttle }: Context,
  statement: Select,
  consistent: boolean,
  used: TableConsumptions,
): object {
  const table = catalog.get(statement.from.table)
  const single =
    statement.from.index === undefined ? singleKeyOf(table, statement.where) : undefined
  if (single === undefined || single.rest !== undefined) {
    throw invalid('Only single item select is supported')
  }
  throttle?.admit('read', table)
  const found = readItem(store.reader, itemKey(table, single.key))
  const own = new Consumption()
  own.addTable(readUnits(found?.size ?? 0, consistent ? 'consistent' : 'eventual'))
  throttle?.take('read', table, own)
  used.of(table).merge(own)
  const { paths } = statement
  return {
    TableName: table.name,
    ...(found === undefined
      ? {}
      : { Item: paths === undefined ? wireItem(found) : projectRow(paths, found.item) }),
  }
}

/** API page "BatchStatementError": codes without "Exception". */
const errorOf = (error: AwsError | undefined): object => ({
  Code:
    error === undefined || error.code === 'ValidationException'
      ? 'ValidationError'
      : error.code.replace(/Exception$/, ''),
  Message: error?.message ?? '',
  ...(error?.details['Item'] === undefined ? {} : { Item: error.details['Item'] }),
})
