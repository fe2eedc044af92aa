import type { Condition, Item, Operand, Value } from './commands.ts'
import { scalarOrder } from './generate.ts'
import { at, same, typeOf } from './model-values.ts'

/** Whether an item meets a condition ("Condition and filter expressions, operators, and functions"). */
export function meets(item: Item, condition: Condition): boolean {
  if ('and' in condition) return condition.and.every((each) => meets(item, each))
  if ('or' in condition) return condition.or.some((each) => meets(item, each))
  if ('not' in condition) return !meets(item, condition.not)
  if ('exists' in condition) return at(item, condition.exists) !== undefined
  if ('missing' in condition) return at(item, condition.missing) === undefined
  if ('type' in condition) {
    const value = at(item, condition.type)
    return value !== undefined && typeOf(value) === condition.is
  }
  if ('begins' in condition) return begins(at(item, condition.begins), condition.with)
  if ('contains' in condition) return holds(at(item, condition.contains), condition.member)
  if ('in' in condition) {
    const value = read(item, condition.in)
    return value !== undefined && condition.among.some((each) => same(value, each))
  }
  if ('between' in condition) {
    const value = read(item, condition.between)
    return ordered(value, '>=', condition.low) && ordered(value, '<=', condition.high)
  }
  const left = read(item, condition.left)
  const right = read(item, condition.right)
  const equal = left !== undefined && right !== undefined && same(left, right)
  if (condition.compare === '=') return equal
  return condition.compare === '<>' ? !equal : ordered(left, condition.compare, right)
}

function read(item: Item, operand: Operand): Value | undefined {
  if ('path' in operand) return at(item, operand.path)
  if ('value' in operand) return operand.value
  const value = at(item, operand.size)
  if (value === undefined) return undefined
  if ('S' in value) return { N: String(value.S.length) }
  if ('B' in value) return { N: String(Buffer.from(value.B, 'base64').length) }
  if ('M' in value) return { N: String(Object.keys(value.M).length) }
  const members =
    'L' in value ? value.L : 'SS' in value ? value.SS : 'NS' in value ? value.NS : undefined
  return members === undefined ? undefined : { N: String(members.length) }
}

function ordered(left: Value | undefined, operator: string, right: Value | undefined): boolean {
  if (left === undefined || right === undefined || typeOf(left) !== typeOf(right)) return false
  if (!['S', 'N', 'B'].includes(typeOf(left))) return false
  const order = scalarOrder(left, right)
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function begins(value: Value | undefined, start: Value): boolean {
  if (value === undefined || typeOf(value) !== typeOf(start)) return false
  if ('S' in value && 'S' in start) return value.S.startsWith(start.S)
  if (!('B' in value) || !('B' in start)) return false
  const hex = (text: string): string => Buffer.from(text, 'base64').toString('hex')
  return hex(value.B).startsWith(hex(start.B))
}

function holds(value: Value | undefined, member: Value): boolean {
  if (value === undefined) return false
  if ('L' in value) return value.L.some((each) => same(each, member))
  if ('S' in member) {
    if ('S' in value) return value.S.includes(member.S)
    return 'SS' in value && value.SS.includes(member.S)
  }
  if ('N' in member) return 'NS' in value && value.NS.includes(member.N)
  if (!('B' in member) || !('B' in value)) return false
  return Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'))
}
