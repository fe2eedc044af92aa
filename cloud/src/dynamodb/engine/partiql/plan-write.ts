import { resolveUpdate } from '../expressions/update.ts'
import type { WrittenAction, WrittenSum } from '../expressions/update-syntax.ts'
import { updateFunctions } from '../expressions/update-syntax.ts'
import type { WrittenOperand } from '../expressions/syntax.ts'
import { conditionFunctions } from '../expressions/condition-syntax.ts'
import type { Condition, Update } from '../expressions/index.ts'
import { newItem, type ItemWrite } from '../items/item-write.ts'
import { checkKeyValue } from '../keys.ts'
import type { Table } from '../tables/table.ts'
import {
  attributeOf,
  checkAttributeValue,
  checkItem,
  typeOf,
  type AttributeValue,
  type Item,
} from '../values/index.ts'
import type * as ast from './ast.ts'
import { invalid } from './cursor.ts'
import { isLiteral, literalOf, tupleOf } from './literal.ts'
import { singleKeyOf } from './plan-select.ts'
import { conditionOfWhere, missingComparison, placeholdersOf, writtenPath } from './where.ts'

export type WriteStatement = ast.Insert | ast.Update | ast.Delete | ast.Exists

/**
 * The write that a statement asks for, checked against its table.
 *
 * @throws AwsError ValidationException
 */
export function planStatement(table: Table, statement: WriteStatement): ItemWrite {
  switch (statement.kind) {
    case 'insert':
      return planInsert(table, statement)
    case 'update':
      return planUpdate(table, statement)
    case 'delete':
      return planDelete(table, statement)
    case 'exists':
      return planExists(table, statement)
  }
}

const itemExists = (table: Table): Condition => ({
  kind: 'exists',
  path: [table.key.parts[0]?.name ?? ''],
})

/** "PartiQL insert statements for DynamoDB": an item with the same key must not be there. */
function planInsert(table: Table, { item: written }: ast.Insert): ItemWrite {
  if (written.kind !== 'tuple') {
    throw invalid(
      'Unsupported format in item expression. Please use struct format {...} to express item values ' +
        `for insert statement. at ${written.place}`,
    )
  }
  const item = checkItem(tupleOf(written))
  for (const part of table.key.parts) {
    const value = attributeOf(item, part.name)
    if (value === undefined) {
      throw invalid(`Key attribute should be present in the item: Key ${part.name}`)
    }
    if (typeOf(value) !== part.type) {
      throw invalid(
        `Key attribute's data type should match its data type in table's schema: Key ${part.name}`,
      )
    }
    checkKeyValue(value, part, table.key, 'One or more parameter values are not valid. ')
  }
  return {
    kind: 'put',
    item: newItem(item, false),
    wantsOld: false,
    condition: { kind: 'not', of: itemExists(table) },
  }
}

/** "PartiQL update statements for DynamoDB": the item must be there. */
function planUpdate(table: Table, statement: ast.Update): ItemWrite {
  const { key, condition } = keyed(table, statement.of, statement.where)
  const there = itemExists(table)
  return {
    kind: 'update',
    key,
    update: updateOf(statement.assignments),
    condition: condition === undefined ? there : { kind: 'and', left: there, right: condition },
    isPlain: false,
  }
}

/** "PartiQL delete statements for DynamoDB": deleting an item that is not there succeeds. */
function planDelete(table: Table, statement: ast.Delete): ItemWrite {
  const { returning } = statement
  const { key, condition } = keyed(table, statement.from, statement.where)
  if (returning !== undefined && (returning.what !== 'ALL' || returning.which !== 'OLD')) {
    throw invalid(
      `Invalid returning clause: RETURNING ${returning.what} ${returning.which} *. ` +
        'Only RETURNING ALL OLD * is allowed in DELETE statements.',
    )
  }
  const absent: Condition = { kind: 'not', of: itemExists(table) }
  return {
    kind: 'delete',
    key,
    condition: condition === undefined ? undefined : { kind: 'or', left: absent, right: condition },
  }
}

function planExists(table: Table, { select }: ast.Exists): ItemWrite {
  const single = singleKeyOf(table, select.where)
  if (single?.rest === undefined) {
    throw invalid('EXISTS() must contain a single item read with additional condition')
  }
  return { kind: 'check', key: single.key, condition: conditionOfWhere(single.rest) }
}

function keyed(
  table: Table,
  reference: ast.TableReference,
  where: ast.Expression | undefined,
): { key: Item; condition: Condition | undefined } {
  if (reference.index !== undefined) throw invalid('This operation is not supported on an index')
  const single = singleKeyOf(table, where)
  if (single === undefined) {
    throw invalid('Where clause does not contain a mandatory equality on all key attributes')
  }
  const { key, rest } = single
  return { key, condition: rest === undefined ? undefined : conditionOfWhere(rest) }
}

function updateOf(assignments: readonly ast.Assignment[]): Update {
  const values: Record<string, AttributeValue> = {}
  let count = 0
  const remember = (value: AttributeValue): string => {
    const key = `:v${count++}`
    values[key] = checkAttributeValue(value)
    return key
  }
  const operand = (expression: ast.Expression): WrittenOperand => {
    if (isLiteral(expression)) return { kind: 'value', key: remember(literalOf(expression)) }
    switch (expression.kind) {
      case 'path':
        return writtenPath(expression.steps)
      case 'call':
        requireUpdateFunction(expression.name)
        return { kind: 'call', name: expression.name, operands: expression.operands.map(operand) }
      case 'missing':
        throw missingComparison()
      case 'binary':
      case 'not':
      case 'between':
      case 'in':
      case 'is':
        throw unsupported(expression)
    }
  }
  const sum = (expression: ast.Expression): WrittenOperand | WrittenSum => {
    if (expression.kind !== 'binary') return operand(expression)
    const { operator, left, right } = expression
    if (operator !== '+' && operator !== '-') throw unsupported(expression)
    return { kind: 'sum', operator, left: operand(left), right: operand(right) }
  }
  const actions = assignments.map((assignment): WrittenAction => {
    const path = writtenPath(assignment.path)
    if (assignment.kind === 'remove') return { kind: 'remove', path }
    const { value } = assignment
    if (value.kind === 'call' && (value.name === 'set_add' || value.name === 'set_delete')) {
      const set = setOperand(assignment.path, value)
      return { kind: value.name === 'set_add' ? 'add' : 'delete', path, key: remember(set) }
    }
    return { kind: 'set', path, value: sum(value) }
  })
  return resolveUpdate(actions, placeholdersOf(values))
}

function setOperand(
  path: ast.PathSteps,
  { name, operands }: Extract<ast.Expression, { kind: 'call' }>,
): AttributeValue {
  const [target, members] = operands
  if (target === undefined || members === undefined || operands.length > 2) {
    throw invalid(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${name}, number of operands: ${operands.length}`,
    )
  }
  if (target.kind !== 'path' || JSON.stringify(target.steps) !== JSON.stringify(path)) {
    throw invalid(`The first argument to ${name.toUpperCase()} must equal the assignment value`)
  }
  const value = isLiteral(members) ? literalOf(members) : undefined
  if (value === undefined || !['SS', 'NS', 'BS'].includes(typeOf(value))) {
    throw invalid(
      `The second argument to ${name.toUpperCase()} must be a value with type SET at ${target.place}`,
    )
  }
  return value
}

function requireUpdateFunction(name: string): void {
  if (updateFunctions.has(name)) return
  throw conditionFunctions.has(name)
    ? invalid(`The function is not allowed in an update expression; function: ${name}`)
    : invalid(`Unrecognized function: ${name}`)
}

const unsupported = (expression: ast.Expression): Error =>
  invalid(
    `Unsupported operator in Update Expression. Operator: ${'operator' in expression ? expression.operator : expression.kind}`,
  )
