import { checkAttributeValue, compareValues, typeOf } from '../values/index.ts'
import type { AttributeType, AttributeValue } from '../values/index.ts'
import type { Comparator, Condition, KeyCondition, KeySchema, Operand } from './ast.ts'
import { matchKey } from './key-condition.ts'
import type { KeyOperator, KeyTest } from './key-condition.ts'
import { invalid } from './placeholders.ts'

/* The parameters that expressions took the place of, brought to the same trees; AWS page "Legacy conditional parameters". */

export const comparisonOperators = [
  ...(['EQ', 'NE', 'IN', 'LE', 'LT', 'GE', 'GT', 'BETWEEN', 'NOT_NULL', 'NULL'] as const),
  ...(['CONTAINS', 'NOT_CONTAINS', 'BEGINS_WITH'] as const),
] as const
export type ComparisonOperator = (typeof comparisonOperators)[number]
export type ConditionalOperator = 'AND' | 'OR'

export type LegacyCondition = {
  readonly ComparisonOperator: ComparisonOperator
  readonly AttributeValueList?: readonly AttributeValue[] | undefined
}
export type ExpectedAttribute = {
  readonly Value?: AttributeValue | undefined
  readonly Exists?: boolean | undefined
  readonly ComparisonOperator?: ComparisonOperator | undefined
  readonly AttributeValueList?: readonly AttributeValue[] | undefined
}
type ByAttribute<T> = Readonly<Record<string, T>>

/**
 * QueryFilter or ScanFilter as a condition; undefined when there is none.
 *
 * @throws AwsError ValidationException
 */
export function conditionOfFilter(
  filter: ByAttribute<LegacyCondition> | undefined,
  operator?: ConditionalOperator,
): Condition | undefined {
  const entries = Object.entries(filter ?? {})
  requireUseForOperator(operator, entries.length)
  return joined(
    entries.map(([name, { ComparisonOperator: by, AttributeValueList: list = [] }]) =>
      conditionOf(name, by, checkedList(by, list)),
    ),
    operator,
  )
}

/** Expected as a condition; as {@link conditionOfFilter}. */
export function conditionOfExpected(
  expected: ByAttribute<ExpectedAttribute> | undefined,
  operator?: ConditionalOperator,
): Condition | undefined {
  const entries = Object.entries(expected ?? {})
  requireUseForOperator(operator, entries.length)
  return joined(
    entries.map(([name, each]) => expectedCondition(name, each)),
    operator,
  )
}

/**
 * KeyConditions for the key of the table or index that is queried.
 *
 * @throws AwsError ValidationException
 */
export function keyConditionOf(
  conditions: ByAttribute<LegacyCondition>,
  schema: KeySchema,
): KeyCondition {
  const checked = Object.entries(conditions).map(
    ([name, { ComparisonOperator: by, AttributeValueList: list = [] }]) =>
      [name, by, checkedList(by, list)] as const,
  )
  const tests = new Map(
    checked.map(([name, by, values]): [string, KeyTest] => [name, keyTest(by, values)]),
  )
  return matchKey(tests, schema)
}

const keyOperators: Readonly<Partial<Record<ComparisonOperator, KeyOperator>>> = {
  EQ: '=',
  LT: '<',
  LE: '<=',
  GT: '>',
  GE: '>=',
  BETWEEN: 'BETWEEN',
  BEGINS_WITH: 'begins_with',
}

function keyTest(by: ComparisonOperator, values: readonly AttributeValue[]): KeyTest {
  const operator = keyOperators[by]
  if (operator === undefined) {
    throw invalid('Attempted conditional constraint is not an indexable operation')
  }
  return { operator, values }
}

function requireUseForOperator(operator: ConditionalOperator | undefined, count: number): void {
  if (operator === undefined || count > 1) return
  throw invalid(
    count === 0
      ? 'ConditionalOperator cannot be used without Filter or Expected'
      : 'ConditionalOperator can only be used when Filter or Expected has two or more elements',
  )
}

function joined(
  conditions: readonly Condition[],
  operator: ConditionalOperator = 'AND',
): Condition | undefined {
  const [first, ...rest] = conditions
  if (first === undefined) return undefined
  const kind = operator === 'OR' ? 'or' : 'and'
  return rest.reduce((left, right): Condition => ({ kind, left, right }), first)
}

function expectedCondition(name: string, expected: ExpectedAttribute): Condition {
  const { Value, Exists, ComparisonOperator: by, AttributeValueList: list } = expected
  if (Value !== undefined && list !== undefined) {
    throw invalidParameter(
      `Value and AttributeValueList cannot be used together for Attribute: ${name}`,
    )
  }
  if (by === undefined) return existenceOrValue(name, expected)
  if (Exists !== undefined) {
    throw invalidParameter(
      `Exists and ComparisonOperator cannot be used together for Attribute: ${name}`,
    )
  }
  const values = list ?? (Value === undefined ? undefined : [Value])
  if (values === undefined && by !== 'NULL' && by !== 'NOT_NULL') {
    throw invalidParameter(
      `Value or AttributeValueList must be used with ComparisonOperator: ${by} for Attribute: ${name}`,
    )
  }
  return conditionOf(name, by, checkedList(by, values ?? []))
}

function existenceOrValue(name: string, expected: ExpectedAttribute): Condition {
  const { Value, Exists, AttributeValueList: list } = expected
  if (list !== undefined) {
    throw invalidParameter(
      `AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`,
    )
  }
  if (Exists === false) {
    if (Value === undefined) return { kind: 'not', of: { kind: 'exists', path: [name] } }
    throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`)
  }
  if (Value === undefined) {
    throw invalidParameter(
      `Value must be provided when Exists is ${Exists === undefined ? 'null' : 'true'} for Attribute: ${name}`,
    )
  }
  return conditionOf(name, 'EQ', [checkAttributeValue(Value)])
}

const scalars: readonly AttributeType[] = ['S', 'N', 'B']
/** The types an operator's values may have; any where none are named. */
const operandTypes: Readonly<Partial<Record<ComparisonOperator, readonly AttributeType[]>>> = {
  LE: scalars,
  LT: scalars,
  GE: scalars,
  GT: scalars,
  CONTAINS: scalars,
  NOT_CONTAINS: scalars,
  BEGINS_WITH: ['S', 'B'],
  IN: scalars,
  BETWEEN: scalars,
}

/** The values of one condition, checked in DynamoDB's order. */
function checkedList(
  by: ComparisonOperator,
  list: readonly AttributeValue[],
): readonly AttributeValue[] {
  const values = list.map(checkAttributeValue)
  if (!rightCount(by, values.length)) {
    throw invalidParameter(`Invalid number of argument(s) for the ${by} ComparisonOperator`)
  }
  const [first, second] = values
  if (first === undefined) return values
  const type = typeOf(first)
  if (values.some((value) => typeOf(value) !== type)) {
    throw invalidParameter('AttributeValues inside AttributeValueList must be of same type')
  }
  if (operandTypes[by]?.includes(type) === false) {
    throw invalidParameter(`ComparisonOperator ${by} is not valid for ${type} AttributeValue type`)
  }
  if (by === 'BETWEEN' && second !== undefined && (compareValues(first, second) ?? 0) > 0) {
    throw invalid(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    )
  }
  return values
}

function rightCount(by: ComparisonOperator, count: number): boolean {
  if (by === 'NULL' || by === 'NOT_NULL') return count === 0
  if (by === 'IN') return count > 0
  return count === (by === 'BETWEEN' ? 2 : 1)
}

const comparators: Readonly<Partial<Record<ComparisonOperator, Comparator>>> = {
  EQ: '=',
  NE: '<>',
  LE: '<=',
  LT: '<',
  GE: '>=',
  GT: '>',
}

function conditionOf(
  name: string,
  by: ComparisonOperator,
  values: readonly AttributeValue[],
): Condition {
  const operand: Operand = { kind: 'path', path: [name] }
  const exists: Condition = { kind: 'exists', path: [name] }
  if (by === 'NOT_NULL') return exists
  if (by === 'NULL') return { kind: 'not', of: exists }
  const [first, second] = values.map((value): Operand => ({ kind: 'value', value }))
  if (first === undefined) throw new TypeError(`${by} has a value`)
  const comparator = comparators[by]
  if (comparator !== undefined) return { kind: 'compare', comparator, left: operand, right: first }
  if (by === 'BETWEEN' && second !== undefined) {
    return { kind: 'between', operand, low: first, high: second }
  }
  if (by === 'BEGINS_WITH') return { kind: 'beginsWith', operand, prefix: first }
  if (by === 'IN') {
    return { kind: 'in', operand, among: values.map((value) => ({ kind: 'value', value })) }
  }
  const contains: Condition = { kind: 'contains', operand, member: first }
  if (by === 'CONTAINS') return contains
  // Of the negative operators only NE is met by an attribute that is not there (observed on DynamoDB Local 3.3).
  return { kind: 'and', left: exists, right: { kind: 'not', of: contains } }
}

const invalidParameter = (message: string): Error =>
  invalid(`One or more parameter values were invalid: ${message}`)
