import { setAttribute, type AttributeValue, type MutableItem } from '../values/index.ts'
import type { Expression } from './ast.ts'
import { invalid } from './cursor.ts'

/** Operators and kinds as messages name them. */
const shown = (expression: Expression): string => {
  if (expression.kind === 'path') return expression.steps[0]
  if (expression.kind === 'binary') return expression.operator
  if (expression.kind === 'missing') return 'MISSING'
  return expression.kind === 'call' ? expression.name : expression.kind
}

export type Literal = Extract<Expression, { kind: 'value' | 'list' | 'bag' | 'tuple' }>

/** Whether an expression stands for one value, known without an item. */
export const isLiteral = (expression: Expression): expression is Literal =>
  ['value', 'list', 'bag', 'tuple'].includes(expression.kind)

/**
 * The attribute value that a literal stands for: `<<…>>` is a set, `[…]` a list, `{…}` a map.
 *
 * @param under where it stands in the value that is being written, for messages
 * @throws AwsError ValidationException when it is none
 */
export function literalOf(expression: Expression, under = 'root'): AttributeValue {
  if (!isLiteral(expression)) {
    throw invalid(
      `Unsupported data type: ${shown(expression)} under key ${under} at ${expression.place}`,
    )
  }
  switch (expression.kind) {
    case 'value':
      return expression.value
    case 'list':
      return { L: expression.members.map((member, at) => literalOf(member, `${under}.${at}`)) }
    case 'bag':
      return setOf(expression.members, expression.place)
    case 'tuple':
      return { M: tupleOf(expression, under) }
  }
}

/** @throws AwsError ValidationException for names that are no strings, or that stand twice */
export function tupleOf(
  { members }: Extract<Expression, { kind: 'tuple' }>,
  under = 'root',
): MutableItem {
  const item: MutableItem = {}
  for (const [name, value] of members) {
    if (name.kind !== 'value' || !('S' in name.value)) {
      const type = name.kind === 'path' ? 'VariableReference' : shown(name)
      throw invalid(
        `Tuple keys must be of type String. Actual type: ${type} under ${under} at ${name.place}`,
      )
    }
    const key = name.value.S
    if (key === '') throw invalid('Path component cannot be an empty string')
    if (Object.hasOwn(item, key)) {
      throw invalid(`Duplicate keys in tuple. Key: ${key} under ${under} at ${name.place}`)
    }
    setAttribute(item, key, literalOf(value, under))
  }
  return item
}

function setOf(members: readonly Expression[], place: string): AttributeValue {
  if (members.length === 0) throw invalid(`Empty bags are not supported at ${place}`)
  const values = members.map((member) => literalOf(member))
  const texts = values.flatMap((value) => ('S' in value ? [value.S] : []))
  if (texts.length === values.length) return { SS: texts }
  const numbers = values.flatMap((value) => ('N' in value ? [value.N] : []))
  if (numbers.length === values.length) return { NS: numbers }
  const binaries = values.flatMap((value) => ('B' in value ? [value.B] : []))
  if (binaries.length === values.length) return { BS: binaries }
  throw invalid(
    'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags',
  )
}
