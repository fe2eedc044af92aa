import { AwsError, type JsonText } from '../../kernel/index.ts'
import { projectPaths } from '../engine/expressions/index.ts'
import { ConditionFailed, planWrite, type WriteOutcome } from '../engine/items/item-write.ts'
import type { Delete, Insert, Update } from '../engine/partiql/ast.ts'
import { planStatement } from '../engine/partiql/plan-write.ts'
import type { Table } from '../engine/tables/table.ts'
import type { Item } from '../engine/values/index.ts'
import { conditionalCheckFailed, wireItem } from './answers.ts'
import type { Context } from './operation.ts'
import { tableOfStatement } from './statement-shapes.ts'

export const duplicateMessage = 'Duplicate primary key exists in table'

/**
 * Runs an INSERT, UPDATE or DELETE by itself.
 *
 * @throws AwsError DuplicateItemException, ConditionalCheckFailedException, ValidationException,
 *   ResourceNotFoundException
 */
export function runStatement(
  { catalog, writes }: Pick<Context, 'catalog' | 'writes'>,
  statement: Insert | Update | Delete,
  returnOnFailure: 'ALL_OLD' | 'NONE' | undefined,
): Promise<{ readonly table: Table; readonly outcome: WriteOutcome }> {
  const work = writes.run(() => {
    const table = catalog.get(tableOfStatement(statement))
    const planned = planWrite(table, planStatement(table, statement))
    return (session) => ({ table, outcome: planned.run(session) })
  })
  return work.catch((error: unknown) => {
    if (statement.kind !== 'insert') throw conditionalCheckFailed(error, returnOnFailure)
    throw error instanceof ConditionFailed
      ? new AwsError('DuplicateItemException', duplicateMessage)
      : error
  })
}

/** The item that a RETURNING clause asks for; MODIFIED shows the attributes that the statement names. */
export function returnedItem(
  statement: Insert | Update | Delete,
  { before, after, touched }: WriteOutcome,
): Item | JsonText | undefined {
  const returning = statement.kind === 'insert' ? undefined : statement.returning
  if (returning === undefined) return undefined
  const shown = returning.which === 'OLD' ? before : after
  if (shown === undefined) return undefined
  if (returning.what === 'ALL') return wireItem(shown)
  const modified = projectPaths(
    touched.map(([head]) => [head]),
    shown.item,
  )
  return Object.keys(modified).length === 0 ? undefined : modified
}
