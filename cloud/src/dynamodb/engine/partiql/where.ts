import { resolveCondition } from '../expressions/condition.ts'
import type { WrittenCondition } from '../expressions/condition-syntax.ts'
import { conditionFunctions } from '../expressions/condition-syntax.ts'
import { Placeholders } from '../expressions/placeholders.ts'
import type { WrittenOperand, WrittenPath } from '../expressions/syntax.ts'
import type { Condition } from '../expressions/index.ts'
import { checkAttributeValue, type AttributeValue } from '../values/index.ts'
import type { Expression, PathSteps } from './ast.ts'
import { invalid } from './cursor.ts'
import { isTypes } from './parse-expression.ts'
import { isLiteral, literalOf } from './literal.ts'

/**
 * The expressions of a WHERE clause as the condition trees that the engine evaluates: written out with values
 * by placeholder, then checked as every condition is.
 *
 * @throws AwsError ValidationException
 */
export function conditionOfWhere(expression: Expression): Condition {
  const values: Record<string, AttributeValue> = {}
  const written = new Writer(values).condition(expression)
  return resolveCondition(written, placeholdersOf(values))
}

export const placeholdersOf = (values: Record<string, AttributeValue>): Placeholders =>
  new Placeholders(undefined, Object.keys(values).length === 0 ? undefined : values)

/** A path whose names are what they are, whatever characters they have. */
export const writtenPath = (steps: PathSteps): WrittenPath => ({
  kind: 'path',
  steps: steps.map((step) =>
    typeof step === 'number' ? step : { text: step, placeholder: false },
  ),
})

const comparators = new Set(['=', '<>', '<', '<=', '>', '>='])
const isComparator = (text: string): text is '=' | '<>' | '<' | '<=' | '>' | '>=' =>
  comparators.has(text)

class Writer {
  private readonly values: Record<string, AttributeValue>
  private count = 0

  constructor(values: Record<string, AttributeValue>) {
    this.values = values
  }

  condition(expression: Expression): WrittenCondition {
    switch (expression.kind) {
      case 'binary':
        return this.binary(expression)
      case 'not':
        return { kind: 'not', of: this.condition(expression.of) }
      case 'between': {
        const operand = this.operand(expression.operand)
        const low = this.operand(expression.low)
        return { kind: 'between', operand, low, high: this.operand(expression.high) }
      }
      case 'in':
        return this.in(expression)
      case 'is':
        return this.is(expression)
      case 'call':
        if (expression.name === 'size') throw noBoolean()
        return this.call(expression)
      case 'path':
      case 'missing':
      case 'value':
      case 'list':
      case 'bag':
      case 'tuple':
        throw noBoolean()
    }
  }

  private binary(expression: Extract<Expression, { kind: 'binary' }>): WrittenCondition {
    const { operator, left, right } = expression
    if (operator === 'and' || operator === 'or') {
      return { kind: operator, left: this.condition(left), right: this.condition(right) }
    }
    if (!isComparator(operator)) throw unsupportedOperator(operator)
    return {
      kind: 'compare',
      comparator: operator,
      left: this.operand(left),
      right: this.operand(right),
    }
  }

  private in({ operand, among }: Extract<Expression, { kind: 'in' }>): WrittenCondition {
    if (operand.kind !== 'path' || among.kind !== 'list' || among.members.length === 0) {
      throw invalid(
        'IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq with at least one member',
      )
    }
    return {
      kind: 'in',
      operand: this.operand(operand),
      among: among.members.map((member) => this.operand(member)),
    }
  }

  private is({ operand, type }: Extract<Expression, { kind: 'is' }>): WrittenCondition {
    if (type === 'missing') {
      return { kind: 'call', name: 'attribute_not_exists', operands: [this.operand(operand)] }
    }
    const tests = (isTypes.get(type) ?? []).map((each): WrittenCondition => ({
      kind: 'call',
      name: 'attribute_type',
      operands: [this.operand(operand), this.value({ S: each })],
    }))
    return tests.reduce((left, right) => ({ kind: 'or', left, right }))
  }

  private call({ name, operands }: Extract<Expression, { kind: 'call' }>) {
    if (!conditionFunctions.has(name)) throw invalid(`Unrecognized function: ${name}`)
    return { kind: 'call', name, operands: operands.map((each) => this.operand(each)) } as const
  }

  private operand(expression: Expression): WrittenOperand {
    if (isLiteral(expression)) return this.value(literalOf(expression))
    switch (expression.kind) {
      case 'path':
        return writtenPath(expression.steps)
      case 'call':
        if (expression.name === 'size') return this.call(expression)
        throw conditionFunctions.has(expression.name)
          ? invalid(
              `The function is not allowed to be used this way in an expression; function: ${expression.name}`,
            )
          : invalid(`Unrecognized function: ${expression.name}`)
      case 'missing':
        throw missingComparison()
      case 'binary':
        throw unsupportedOperator(expression.operator)
      case 'not':
      case 'between':
      case 'in':
      case 'is':
        throw unsupportedOperator(expression.kind)
    }
  }

  private value(value: AttributeValue): WrittenOperand {
    const key = `:v${this.count++}`
    this.values[key] = checkAttributeValue(value)
    return { kind: 'value', key }
  }
}

const noBoolean = (): Error =>
  invalid('WHERE clause must contain an expression that resolves to a boolean')

export const missingComparison = (): Error => invalid('MISSING must be compared using IS operator')

const unsupportedOperator = (operator: string): Error =>
  invalid(`Unsupported operator in Condition Expression. Operator: ${operator}`)
