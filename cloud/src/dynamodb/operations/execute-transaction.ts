import { AwsError, list, optional, structure, textOf } from '../../kernel/index.ts'
import { readUnits, TableConsumptions, transactionFactor } from '../engine/capacity.ts'
import {
  ConditionFailed,
  planWrite,
  type PlannedWrite,
  type WriteOutcome,
} from '../engine/items/item-write.ts'
import type { WriteSession } from '../engine/items/write-session.ts'
import { itemKey } from '../engine/keys.ts'
import type { Select, Statement } from '../engine/partiql/ast.ts'
import { transactStatementsMax } from '../engine/partiql/limits.ts'
import { singleKeyOf } from '../engine/partiql/plan-select.ts'
import { planStatement, type WriteStatement } from '../engine/partiql/plan-write.ts'
import { projectRow } from '../engine/partiql/project.ts'
import { readItem } from '../engine/reads/get.ts'
import { Throttled } from '../engine/throttle.ts'
import { requestDigest, useToken } from '../engine/transactions/request-tokens.ts'
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
import {
  admitReads,
  throttledReason,
  transactionCanceled,
  type CancellationReason,
} from './transaction-canceled.ts'

type Action = {
  readonly statement: WriteStatement
  readonly returnOnFailure: 'ALL_OLD' | 'NONE' | undefined
}

const notOnce = 'Transaction request cannot include multiple operations on one item'
const tooLarge = 'The aggregate size of the items in the transaction exceeds 4 MB'

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
    const used = new TableConsumptions()
    if (reads.length > 0) {
      if (reads.length < statements.length) {
        throw invalid(
          'ExecuteTransaction API does not support both read and write operations in the same request.',
        )
      }
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
    const digest = requestDigest(input.TransactStatements)
    const repeated = await writeAll(context, actions, used, {
      token: input.ClientRequestToken,
      digest,
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
    if (places.has(text)) throw invalid(notOnce)
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
  if (bytes > transactBytesMax) throw invalid(tooLarge)
  return responses
}

/** @returns whether the token was used before with the same request, so that nothing was written */
async function writeAll(
  { catalog, writes, store, environment }: Context,
  actions: readonly Action[],
  used: TableConsumptions,
  request: { readonly token: string | undefined; readonly digest: Buffer },
): Promise<boolean> {
  const nowMs = environment.clock.now()
  const { plans, outcomes } = await writes.run(() => {
    const plans = plansOf({ catalog }, actions)
    return (session) => {
      const { token, digest } = request
      if (token !== undefined) {
        const state = useToken(session.writer, token, digest, nowMs)
        if (state === 'mismatch') throw parameterMismatch()
        if (state === 'repeated') return { plans, outcomes: undefined }
      }
      return { plans, outcomes: runAll(session, actions, plans) }
    }
  }, transactionFactor)
  for (const [at, { place }] of plans.entries()) {
    const outcome = outcomes?.[at]
    if (outcome !== undefined) used.of(place.table).merge(outcome.used, transactionFactor)
    else {
      const found = readItem(store.reader, place.key)
      used.of(place.table).addTable(readUnits(found?.size ?? 0, 'transaction'))
    }
  }
  return outcomes === undefined
}

function plansOf(
  { catalog }: Pick<Context, 'catalog'>,
  actions: readonly Action[],
): PlannedWrite[] {
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
  if (places.size < plans.length) throw invalid(notOnce)
  return plans
}

/** Runs every action, so that each gets its reason; one failure takes all back. */
function runAll(
  session: WriteSession,
  actions: readonly Action[],
  plans: readonly PlannedWrite[],
): WriteOutcome[] {
  const outcomes: WriteOutcome[] = []
  const reasons = plans.map((plan, at): CancellationReason => {
    try {
      outcomes.push(plan.run(session))
      return { Code: 'None' }
    } catch (error) {
      return reasonOf(error, actions[at])
    }
  })
  if (outcomes.length < plans.length) throw transactionCanceled(reasons)
  let bytes = 0
  for (const { before, after } of outcomes) bytes += (after ?? before)?.size ?? 0
  if (bytes > transactBytesMax) throw invalid(tooLarge)
  return outcomes
}

function reasonOf(error: unknown, action: Action | undefined): CancellationReason {
  if (error instanceof Throttled) return throttledReason(error)
  if (error instanceof ConditionFailed) {
    if (action?.statement.kind === 'insert') {
      return { Code: 'DuplicateItem', Message: duplicateMessage }
    }
    const show = action?.returnOnFailure === 'ALL_OLD' && error.found !== undefined
    return {
      Code: 'ConditionalCheckFailed',
      Message: error.message,
      ...(show && error.found !== undefined ? { Item: wireItem(error.found) } : {}),
    }
  }
  if (error instanceof AwsError && error.code === 'ValidationException') {
    return { Code: 'ValidationError', Message: error.message }
  }
  throw error
}

const parameterMismatch = (): AwsError =>
  new AwsError(
    'IdempotentParameterMismatchException',
    'The request uses the same client token as a previous, but non-identical request',
  )
