import { attributeTypes, compareValues, typeOf } from '../values/index.ts'
import type { AttributeType, AttributeValue } from '../values/index.ts'
import type { Condition, Operand, Path } from './ast.ts'
import { conditionFunctions, parseConditionSyntax } from './condition-syntax.ts'
import type { WrittenCondition } from './condition-syntax.ts'
import { inExpression } from './expression-text.ts'
import { resolvePath, samePath, showPath } from './path.ts'
import { invalid } from './placeholders.ts'
import type { Placeholders } from './placeholders.ts'
import { remembered } from './remembered.ts'
import type { WrittenOperand } from './syntax.ts'

const written = remembered(parseConditionSyntax)

/**
 * Parses a condition and checks all that can be known without an item: names, values, numbers of operands and
 * the types of literal ones.
 *
 * @throws AwsError ValidationException `Invalid ConditionExpression: …`
 */
export function parseCondition(
  kind: 'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression',
  text: string,
  placeholders: Placeholders,
): Condition {
  return inExpression(kind, text, () => resolveCondition(written(text), placeholders))
}

/** Looks placeholders up in a written condition and checks it; as {@link parseCondition}. */
export function resolveCondition(
  condition: WrittenCondition,
  placeholders: Placeholders,
): Condition {
  const operand = (of: WrittenOperand): Resolved => resolveOperand(of, placeholders)
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const left = resolveCondition(condition.left, placeholders)
      return { kind: condition.kind, left, right: resolveCondition(condition.right, placeholders) }
    }
    case 'not':
      return { kind: 'not', of: resolveCondition(condition.of, placeholders) }
    case 'compare':
      return checkCompare(condition.comparator, operand(condition.left), operand(condition.right))
    case 'between':
      return checkBetween(
        operand(condition.operand),
        operand(condition.low),
        operand(condition.high),
      )
    case 'in': {
      const first = operand(condition.operand)
      const among = condition.among.map(operand)
      requireDistinct('IN', first, among)
      return { kind: 'in', operand: checkOperand(first), among: among.map(checkOperand) }
    }
    case 'call':
      return checkFunction(condition.name, condition.operands.map(operand))
  }
}

/** An operand whose placeholders are looked up, not yet checked: undefined ones are told of first. */
type Resolved =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: AttributeValue }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Resolved[] }

function resolveOperand(operand: WrittenOperand, placeholders: Placeholders): Resolved {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: resolvePath(operand, placeholders) }
    case 'value':
      return { kind: 'value', value: placeholders.value(operand.key) }
    case 'call':
      return {
        kind: 'call',
        name: operand.name,
        operands: operand.operands.map((each) => resolveOperand(each, placeholders)),
      }
  }
}

/** An operand that is a value: a path, a literal or size( … ). */
function checkOperand(operand: Resolved): Operand {
  if (operand.kind !== 'call') return operand
  requireCount(operand.name, operand.operands)
  const [first] = operand.operands
  if (first === undefined) throw new TypeError('size has one operand')
  const of = checkOperand(first)
  const type = knownType(of)
  if (type === 'N' || type === 'BOOL' || type === 'NULL') throw wrongOperand(operand.name, type)
  return { kind: 'size', of }
}

function checkCompare(
  comparator: Extract<Condition, { kind: 'compare' }>['comparator'],
  left: Resolved,
  right: Resolved,
): Condition {
  requireDistinct(comparator, left, [right])
  const condition = {
    kind: 'compare',
    comparator,
    left: checkOperand(left),
    right: checkOperand(right),
  } as const
  if (comparator !== '=' && comparator !== '<>') {
    requireOrdered(comparator, [condition.left, condition.right])
  }
  return condition
}

function checkBetween(operand: Resolved, low: Resolved, high: Resolved): Condition {
  requireDistinct('BETWEEN', operand, [low, high])
  const condition = {
    kind: 'between',
    operand: checkOperand(operand),
    low: checkOperand(low),
    high: checkOperand(high),
  } as const
  requireOrdered('BETWEEN', [condition.operand, condition.low, condition.high])
  requireBounds(condition.low, condition.high)
  return condition
}

function requireBounds(low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') return
  const shown =
    `lower bound operand: AttributeValue: ${showValue(low.value)}, ` +
    `upper bound operand: AttributeValue: ${showValue(high.value)}`
  const order = compareValues(low.value, high.value)
  if (order === undefined) {
    throw invalid(
      `The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`,
    )
  }
  if (order > 0) {
    throw invalid(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${shown}`,
    )
  }
}

/** Bounds are scalars: anything else was refused before. */
const showValue = (value: AttributeValue): string =>
  `{${typeOf(value)}:${'S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? value.B : ''}}`

function checkFunction(name: string, operands: readonly Resolved[]): Condition {
  requireCount(name, operands)
  const [first, second] = operands
  if (first === undefined) throw new TypeError('A function has operands')
  if (second !== undefined) requireDistinct(name, first, [second])
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    if (first.kind !== 'path') {
      throw invalid(`Operator or function requires a document path; operator or function: ${name}`)
    }
    const exists = { kind: 'exists', path: first.path } as const
    return name === 'attribute_exists' ? exists : { kind: 'not', of: exists }
  }
  if (second === undefined) throw new TypeError(`${name} has two operands`)
  const operand = checkOperand(first)
  if (name === 'attribute_type') return { kind: 'type', operand, type: typeNamed(second) }
  const other = checkOperand(second)
  if (name === 'contains') return { kind: 'contains', operand, member: other }
  for (const each of [operand, other]) {
    const type = knownType(each)
    if (type !== undefined && type !== 'S' && type !== 'B') throw wrongOperand(name, type)
  }
  return { kind: 'beginsWith', operand, prefix: other }
}

/** The type that attribute_type asks for. The order of the types in the messages was observed. */
function typeNamed(operand: Resolved): AttributeType {
  const literal = operand.kind === 'value' ? operand.value : undefined
  if (literal === undefined || !('S' in literal)) {
    const type = literal === undefined ? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}' : typeOf(literal)
    throw wrongOperand('attribute_type', type)
  }
  const type = attributeTypes.find((each) => each === literal.S)
  if (type === undefined) {
    throw invalid(
      `Invalid attribute type name found; type: ${literal.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    )
  }
  return type
}

function requireCount(name: string, operands: readonly Resolved[]): void {
  if (operands.length === conditionFunctions.get(name)) return
  throw invalid(
    'Incorrect number of operands for operator or function; ' +
      `operator or function: ${name}, number of operands: ${operands.length}`,
  )
}

function requireDistinct(operator: string, first: Resolved, rest: readonly Resolved[]): void {
  if (first.kind !== 'path') return
  if (!rest.some((each) => each.kind === 'path' && samePath(first.path, each.path))) return
  throw invalid(
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${showPath(first.path)}`,
  )
}

/** Only strings, numbers and binary have an order. */
function requireOrdered(operator: string, operands: readonly Operand[]): void {
  for (const operand of operands) {
    const type = knownType(operand)
    if (type !== undefined && type !== 'S' && type !== 'N' && type !== 'B') {
      throw wrongOperand(operator, type)
    }
  }
}

/** The type of an operand as far as it can be known without an item. */
function knownType(operand: Operand): AttributeType | undefined {
  if (operand.kind === 'value') return typeOf(operand.value)
  return operand.kind === 'size' ? 'N' : undefined
}

const wrongOperand = (operator: string, type: string): Error =>
  invalid(
    'Incorrect operand type for operator or function; ' +
      `operator or function: ${operator}, operand type: ${type}`,
  )
