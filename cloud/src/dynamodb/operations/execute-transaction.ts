import { AwsError, list, optional, structure, textOf } from '../../kernel/index.ts'
import { readUnits, TableConsumptions } from '../engine/capacity.ts'
import { planWrite, type ConditionFailed, type PlannedWrite } from '../engine/items/item-write.ts'
import { itemKey } from '../engine/keys.ts'
import type { Select, Statement } from '../engine/partiql/ast.ts'
import { transactStatementsMax } from '../engine/partiql/limits.ts'
import { singleKeyOf } from '../engine/partiql/plan-select.ts'
import { planStatement, type WriteStatement } from '../engine/partiql/plan-write.ts'
import { projectRow } from '../engine/partiql/project.ts'
import { readItem } from '../engine/reads/get.ts'
import { clientRequestTokenLengthMax, transactBytesMax } from '../limits.ts'
import { wireItem } from './answers.ts'
import { invalid, operation, type Context } from './operation.ts'
import * as shape from './shapes.ts'
import {
  statementOf,
  statementParameters,
  statementText,
  tableOfStatement,
} from './statement-shapes.ts'
import { duplicateMessage } from './statement-write.ts'
import { admitReads, transactionCanceled, type CancellationReason } from './transaction-canceled.ts'
import {
  conditionReason,
  transactionTooLarge,
  twiceOnOneItem,
  writeTransaction,
} from './write-transaction.ts'

type Action = {
  readonly statement: WriteStatement
  readonly returnOnFailure: 'ALL_OLD' | 'NONE' | undefined
}

/** "Performing transactions with PartiQL for DynamoDB": all reads or all writes, one item a statement. */
export const executeTransaction = operation('ExecuteTransaction', {
  input: {
    TransactStatements: list(
      structure({
        Statement: statementText,
        Parameters: statementParameters,
        ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
      }),
      { min: 1, max: transactStatementsMax },
    ),
    ClientRequestToken: optional(textOf({ min: 1, max: clientRequestTokenLengthMax })),
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
  },
  async run(context, input) {
    const statements = input.TransactStatements.map(statementOf)
    const reads = statements.filter((each) => each.kind === 'select')
    if (reads.length > 0) {
      if (reads.length < statements.length) {
        throw invalid(
          'ExecuteTransaction API does not support both read and write operations in the same request.',
        )
      }
      const used = new TableConsumptions()
      const responses = readAll(context, reads, used)
      return { Responses: responses, ...used.member(input.ReturnConsumedCapacity, 'read') }
    }
    const actions = input.TransactStatements.flatMap((given, at): Action[] => {
      const statement = statements[at]
      const returnOnFailure = given.ReturnValuesOnConditionCheckFailure
      return statement === undefined || statement.kind === 'select'
        ? []
        : [{ statement, returnOnFailure }]
    })
    for (const [at, { statement }] of actions.entries()) requireNoReturning(at, statement)
    const { used, repeated } = await writeTransaction(context, {
      plan: () => plansOf(context, actions),
      reasonOfCondition: (failure, at) => reasonOfCondition(failure, actions[at]),
      token: input.ClientRequestToken,
      subject: input.TransactStatements,
    })
    return {
      Responses: [],
      ...used.member(input.ReturnConsumedCapacity, repeated ? 'read' : 'write'),
    }
  },
})

const failed = (at: number, message: string): AwsError =>
  invalid(`Validation failed in TransactStatements[${at}]: ${message}`)

function requireNoReturning(at: number, statement: Statement): void {
  if ('returning' in statement && statement.returning !== undefined) {
    throw failed(at, 'RETURNING clause is not supported in ExecuteTransaction.')
  }
}

function readAll(
  { catalog, store, throttle }: Context,
  statements: readonly Select[],
  used: TableConsumptions,
): object[] {
  const places = new Set<string>()
  const planned = statements.map((statement, at) => {
    const table = catalog.get(statement.from.table)
    if (statement.from.index !== undefined) {
      throw failed(at, 'Reads on indices are not supported within transactions.')
    }
    const single = singleKeyOf(table, statement.where)
    if (single === undefined || single.rest !== undefined) {
      throw failed(
        at,
        'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
      )
    }
    const place = itemKey(table, single.key)
    const text = place.toString('latin1')
    if (places.has(text)) throw invalid(twiceOnOneItem)
    places.add(text)
    return { table, place, paths: statement.paths }
  })
  admitReads(throttle, planned)
  let bytes = 0
  const responses = planned.map(({ table, place, paths }) => {
    const found = readItem(store.reader, place)
    used.of(table).addTable(readUnits(found?.size ?? 0, 'transaction'))
    if (found === undefined) return {}
    bytes += found.size
    return { Item: paths === undefined ? wireItem(found) : projectRow(paths, found.item) }
  })
  used.takeFrom(throttle, 'read')
  if (bytes > transactBytesMax) throw invalid(transactionTooLarge)
  return responses
}

function plansOf({ catalog }: Context, actions: readonly Action[]): PlannedWrite[] {
  const tables = actions.map(({ statement }) => catalog.get(tableOfStatement(statement)))
  const reasons: CancellationReason[] = []
  const plans: PlannedWrite[] = []
  for (const [at, { statement }] of actions.entries()) {
    const table = tables[at]
    if (table === undefined) continue
    try {
      plans.push(planWrite(table, planStatement(table, statement)))
      reasons.push({ Code: 'None' })
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error
      if (statement.kind === 'exists') throw failed(at, error.message)
      reasons.push({ Code: 'ValidationError', Message: error.message })
    }
  }
  if (plans.length < actions.length) throw transactionCanceled(reasons)
  const places = new Set(plans.map(({ place }) => place.key.toString('latin1')))
  if (places.size < plans.length) throw invalid(twiceOnOneItem)
  return plans
}

function reasonOfCondition(
  failure: ConditionFailed,
  action: Action | undefined,
): CancellationReason {
  return action?.statement.kind === 'insert'
    ? { Code: 'DuplicateItem', Message: duplicateMessage }
    : conditionReason(failure, action?.returnOnFailure)
}
