import { binarySize, compareValues, equals, typeOf } from '../values/index.ts'
import type { AttributeValue, Item } from '../values/index.ts'
import type { Comparator, Condition, Operand } from './ast.ts'
import { valueAt } from './path.ts'

const nothing: Item = {}

/**
 * Whether an item meets a condition; no item counts as one without attributes. AWS page "Condition and filter
 * expressions, operators, and functions": operands of different types, or missing ones, only ever meet `<>`.
 */
export function evaluateCondition(condition: Condition, item: Item | undefined): boolean {
  return holds(condition, item ?? nothing)
}

function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item)
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item)
    case 'not':
      return !holds(condition.of, item)
    case 'compare':
      return compares(
        condition.comparator,
        valueOf(condition.left, item),
        valueOf(condition.right, item),
      )
    case 'between': {
      const value = valueOf(condition.operand, item)
      return (
        compares('>=', value, valueOf(condition.low, item)) &&
        compares('<=', value, valueOf(condition.high, item))
      )
    }
    case 'in': {
      const value = valueOf(condition.operand, item)
      return condition.among.some((each) => compares('=', value, valueOf(each, item)))
    }
    case 'exists':
      return valueAt(item, condition.path) !== undefined
    case 'type': {
      const value = valueOf(condition.operand, item)
      return value !== undefined && typeOf(value) === condition.type
    }
    case 'beginsWith':
      return beginsWith(valueOf(condition.operand, item), valueOf(condition.prefix, item))
    case 'contains':
      return contains(valueOf(condition.operand, item), valueOf(condition.member, item))
    case 'constant':
      return condition.holds
  }
}

function valueOf(operand: Operand, item: Item): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return valueAt(item, operand.path)
    case 'value':
      return operand.value
    case 'size': {
      const value = valueOf(operand.of, item)
      const size = value === undefined ? undefined : sizeOf(value)
      return size === undefined ? undefined : { N: String(size) }
    }
  }
}

/** What size( ) tells: characters, bytes or members. Numbers, booleans and null have none. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return value.S.length
  if ('B' in value) return binarySize(value.B)
  if ('L' in value) return value.L.length
  if ('M' in value) return Object.keys(value.M).length
  if ('SS' in value) return value.SS.length
  if ('NS' in value) return value.NS.length
  return 'BS' in value ? value.BS.length : undefined
}

function compares(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return comparator === '<>'
  if (comparator === '=') return equals(left, right)
  if (comparator === '<>') return !equals(left, right)
  const order = compareValues(left, right)
  if (order === undefined) return false
  switch (comparator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

function beginsWith(
  value: AttributeValue | undefined,
  prefix: AttributeValue | undefined,
): boolean {
  if (value === undefined || prefix === undefined) return false
  if ('S' in value) return 'S' in prefix && value.S.startsWith(prefix.S)
  if (!('B' in value) || !('B' in prefix)) return false
  const start = Buffer.from(prefix.B, 'base64')
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start)
}

/** A substring, a member of a set, or an element of a list. */
function contains(value: AttributeValue | undefined, member: AttributeValue | undefined): boolean {
  if (value === undefined || member === undefined) return false
  if ('L' in value) return value.L.some((each) => equals(each, member))
  if ('S' in member) {
    if ('S' in value) return value.S.includes(member.S)
    return 'SS' in value && value.SS.includes(member.S)
  }
  if ('N' in member) return 'NS' in value && value.NS.includes(member.N)
  if (!('B' in member)) return false
  if ('BS' in value) return value.BS.includes(member.B)
  return 'B' in value && Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'))
}
