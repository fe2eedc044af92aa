import { checkKeyValue } from '../keys.ts'
import type { KeyLayout, KeyPart } from '../tables/table.ts'
import { checkAttributeValue, typeOf, type AttributeValue } from '../values/index.ts'
import type { Expression } from './ast.ts'
import { invalid } from './cursor.ts'
import { isLiteral, literalOf } from './literal.ts'

/** The parts of a WHERE clause that AND joins. */
export function conjunctsOf(where: Expression | undefined): Expression[] {
  if (where === undefined) return []
  if (where.kind !== 'binary' || where.operator !== 'and') return [where]
  return [...conjunctsOf(where.left), ...conjunctsOf(where.right)]
}

/** All parts as one clause again. */
export const joined = (conjuncts: readonly Expression[]): Expression | undefined =>
  conjuncts.length === 0
    ? undefined
    : conjuncts.reduce((left, right) => ({
        kind: 'binary',
        operator: 'and',
        left,
        right,
        place: left.place,
      }))

/** What one part asks of a key attribute. */
export type KeyTest = {
  readonly conjunct: Expression
  readonly name: string
  readonly operator: '=' | 'in' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with'
  readonly values: readonly AttributeValue[]
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** Reads a part as a test of a top-level attribute against literals; undefined when it is anything else. */
export function keyTestOf(conjunct: Expression): KeyTest | undefined {
  const test = (
    operator: KeyTest['operator'],
    operand: Expression | undefined,
    others: readonly Expression[],
  ): KeyTest | undefined => {
    if (operand?.kind !== 'path' || operand.steps.length > 1 || !others.every(isLiteral)) {
      return undefined
    }
    const values = others.map((other) => checkAttributeValue(literalOf(other)))
    return { conjunct, name: operand.steps[0], operator, values }
  }
  switch (conjunct.kind) {
    case 'binary': {
      const { operator, left, right } = conjunct
      if (!(operator in mirrored)) return undefined
      const comparator = operator as keyof typeof mirrored // one of its keys, by the line before
      return test(comparator, left, [right]) ?? test(mirrored[comparator], right, [left])
    }
    case 'between':
      return test('between', conjunct.operand, [conjunct.low, conjunct.high])
    case 'in':
      return conjunct.among.kind === 'list'
        ? test('in', conjunct.operand, conjunct.among.members)
        : undefined
    case 'call':
      return conjunct.name === 'begins_with' && conjunct.operands.length === 2
        ? test('begins_with', conjunct.operands[0], conjunct.operands.slice(1))
        : undefined
    case 'not':
    case 'is':
    case 'path':
    case 'missing':
    case 'value':
    case 'list':
    case 'bag':
    case 'tuple':
      return undefined
  }
}

/** @throws AwsError ValidationException when a key attribute is compared with a value that it cannot have */
export function checkTestValue(part: KeyPart, layout: KeyLayout, value: AttributeValue): void {
  if (typeOf(value) !== part.type) {
    throw invalid(
      `Key attribute's data type should match its data type in table's schema: Key ${part.name}`,
    )
  }
  checkKeyValue(value, part, layout, 'One or more parameter values are not valid. ')
}
