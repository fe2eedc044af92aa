import { typeOf } from '../values/index.ts'
import type { AttributeValue } from '../values/index.ts'
import type { Condition, KeyAttribute, KeyCondition, KeyRange, KeySchema, Operand } from './ast.ts'
import { parseCondition } from './condition.ts'
import { invalid } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'

export type KeyOperator = '=' | KeyRange['operator']
/** What a request asks of one attribute. */
export type KeyTest = {
  readonly operator: KeyOperator
  readonly values: readonly AttributeValue[]
}

/**
 * Parses a key condition against the key of the table or index that is queried.
 *
 * @throws AwsError ValidationException, as DynamoDB words it, for what a key cannot be asked
 */
export function parseKeyCondition(
  text: string,
  placeholders: Placeholders,
  schema: KeySchema,
): KeyCondition {
  const tests = new Map<string, KeyTest>()
  collect(parseCondition('KeyConditionExpression', text, placeholders), tests)
  return matchKey(tests, schema)
}

/** Gathers the tests of a condition that only joins them by AND. */
function collect(condition: Condition, tests: Map<string, KeyTest>): void {
  if (condition.kind === 'and') {
    collect(condition.left, tests)
    collect(condition.right, tests)
    return
  }
  const { name, test } = testOf(condition)
  if (tests.has(name)) {
    throw invalid('KeyConditionExpressions must only contain one condition per key')
  }
  tests.set(name, test)
}

type Named = { readonly name: string; readonly test: KeyTest }

function testOf(condition: Condition): Named {
  switch (condition.kind) {
    case 'and':
    case 'or':
      throw wrongOperator('OR')
    case 'not':
      throw wrongOperator(condition.of.kind === 'exists' ? 'attribute_not_exists' : 'NOT')
    case 'in':
      throw wrongOperator('IN')
    case 'exists':
      throw wrongOperator('attribute_exists')
    case 'type':
      throw wrongOperator('attribute_type')
    case 'contains':
      throw wrongOperator('contains')
    case 'constant':
      throw new TypeError('A key condition is written out')
    case 'compare':
      return comparisonOf(condition)
    case 'between':
      return firstNamed('BETWEEN', condition.operand, [condition.low, condition.high])
    case 'beginsWith':
      return firstNamed('begins_with', condition.operand, [condition.prefix])
  }
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function comparisonOf(condition: Extract<Condition, { kind: 'compare' }>): Named {
  const { comparator, left, right } = condition
  if (comparator === '<>') throw wrongOperator(comparator)
  if (left.kind === 'path' || right.kind !== 'path') return named(comparator, left, [right])
  return named(mirrored[comparator], right, [left])
}

function firstNamed(
  operator: 'BETWEEN' | 'begins_with',
  operand: Operand,
  others: readonly Operand[],
): Named {
  if (operand.kind === 'value') {
    throw wrongCondition(`${operator} operator must have the key attribute as its first operand`)
  }
  return named(operator, operand, others)
}

function named(operator: KeyOperator, operand: Operand, others: readonly Operand[]): Named {
  if ([operand, ...others].some(({ kind }) => kind === 'size')) {
    throw invalid('KeyConditionExpressions cannot contain nested operations')
  }
  if (operand.kind !== 'path') throw wrongCondition('No key attribute specified')
  if (operand.path.length > 1) {
    throw invalid('KeyConditionExpressions cannot have conditions on nested attributes')
  }
  const values = others.map((other) => {
    if (other.kind === 'value') return other.value
    throw wrongCondition('Multiple attribute names used in one condition')
  })
  return { name: operand.path[0], test: { operator, values } }
}

const wrongOperator = (operator: string): Error =>
  invalid(`Invalid operator used in KeyConditionExpression: ${operator}`)
const wrongCondition = (message: string): Error =>
  invalid(`Invalid condition in KeyConditionExpression: ${message}`)

const notSupported = 'Query key condition not supported'

/**
 * Brings tests of attributes into the key's order: `=` for every partition attribute; of the sort attributes the
 * first ones, and another operator than `=` on the last of these only.
 */
export function matchKey(tests: ReadonlyMap<string, KeyTest>, schema: KeySchema): KeyCondition {
  requireFittingCount(tests.size, schema)
  const partition = schema.partition.map((attribute) => {
    const test = required(tests, attribute)
    if (test.operator !== '=') throw invalid(notSupported)
    return onlyValue(test)
  })
  const sort: AttributeValue[] = []
  let left = tests.size - partition.length
  for (const attribute of schema.sort) {
    if (left === 0) break
    const test = required(tests, attribute)
    left--
    if (test.operator === '=') sort.push(onlyValue(test))
    else if (left === 0) return { partition, sort, range: rangeOf(test.operator, test) }
    else throw invalid(notSupported)
  }
  return { partition, sort }
}

function requireFittingCount(count: number, schema: KeySchema): void {
  const most = schema.partition.length + schema.sort.length
  if (most <= 2 && (count < 1 || count > 2)) {
    throw invalid('Conditions can be of length 1 or 2 only')
  }
  if (count > most) throw invalid(notSupported)
}

function required(tests: ReadonlyMap<string, KeyTest>, attribute: KeyAttribute): KeyTest {
  const test = tests.get(attribute.name)
  if (test === undefined) {
    throw invalid(`Query condition missed key schema element: ${attribute.name}`)
  }
  for (const value of test.values) requireType(attribute, value)
  return test
}

function requireType(attribute: KeyAttribute, value: AttributeValue): void {
  if (typeOf(value) !== attribute.type) {
    throw invalid(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    )
  }
  const isEmpty = ('S' in value && value.S === '') || ('B' in value && value.B === '')
  if (isEmpty) {
    throw invalid(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an ' +
        `empty ${attribute.type === 'S' ? 'string' : 'binary'} value. Key: ${attribute.name}`,
    )
  }
}

function onlyValue({ values: [value] }: KeyTest): AttributeValue {
  if (value === undefined) throw new TypeError('A comparison has a value')
  return value
}

function rangeOf(operator: KeyRange['operator'], test: KeyTest): KeyRange {
  const value = onlyValue(test)
  if (operator === 'begins_with') return { operator, prefix: value }
  if (operator !== 'BETWEEN') return { operator, value }
  const high = test.values[1]
  if (high === undefined) throw new TypeError('BETWEEN has two bounds')
  return { operator, low: value, high }
}
