import type { BinaryOperator, Expression, PathSteps } from './ast.ts'
import { invalid, type Cursor } from './cursor.ts'
import { NotWellFormed } from './lexer.ts'
import { normalizeNumber, type AttributeType } from '../values/index.ts'

/**
 * The grammar of PartiQL expressions, as far as DynamoDB has it ("PartiQL select statements for DynamoDB"):
 *
 *   or      = and { OR and }
 *   and     = not { AND not }
 *   not     = NOT not | test
 *   test    = sum [ comparator sum | [NOT] BETWEEN sum AND sum | [NOT] IN sum | IS [NOT] type | [NOT] LIKE sum ]
 *   sum     = term { ( + | - | || ) term }
 *   term    = primary { ( * | / | % ) primary }
 *   primary = literal | ? | path | name ( or, … ) | ( or [, or …] ) | [ or, … ] | << or, … >> | { or : or, … }
 */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => chain(cursor, ['or'], () => chain(cursor, ['and'], () => not(cursor))))
}

function chain(
  cursor: Cursor,
  operators: readonly BinaryOperator[],
  operand: () => Expression,
): Expression {
  let left = operand()
  for (;;) {
    const operator = operators.find((each) => cursor.isSymbol(each) || cursor.isKeyword(each))
    if (operator === undefined) return left
    const { place } = cursor.next()
    left = { kind: 'binary', operator, left, right: operand(), place }
  }
}

function not(cursor: Cursor): Expression {
  const { place } = cursor.token
  if (!cursor.keyword('not')) return test(cursor)
  return { kind: 'not', of: cursor.nested(() => not(cursor)), place }
}

/** The types that IS knows besides MISSING, by the words for them. */
export const isTypes: ReadonlyMap<string, readonly AttributeType[]> = new Map(
  (
    [
      ['missing', []],
      ['null', ['NULL']],
      ['bool boolean', ['BOOL']],
      ['int integer smallint float real decimal numeric', ['N']],
      ['string varchar char', ['S']],
      ['blob', ['B']],
      ['list', ['L']],
      ['struct tuple', ['M']],
      ['bag', ['SS', 'NS', 'BS']],
    ] as const
  ).flatMap(([words, types]) => words.split(' ').map((word) => [word, types] as const)),
)

const comparators: readonly BinaryOperator[] = ['=', '<>', '<', '<=', '>', '>=']

function test(cursor: Cursor): Expression {
  const operand = sum(cursor)
  const { place } = cursor.token
  const comparator = cursor.isSymbol('!=')
    ? '<>'
    : comparators.find((each) => cursor.isSymbol(each))
  if (comparator !== undefined) {
    cursor.next()
    return { kind: 'binary', operator: comparator, left: operand, right: sum(cursor), place }
  }
  if (cursor.keyword('is')) {
    const negated = cursor.keyword('not')
    const type = cursor.next()
    if (!isTypes.has(type.word)) throw new NotWellFormed()
    return negate(negated, { kind: 'is', operand, type: type.word, place })
  }
  const negated = cursor.isKeyword('not') && cursor.next().kind === 'word'
  if (cursor.keyword('between')) {
    const low = sum(cursor)
    cursor.expectKeyword('and')
    return negate(negated, { kind: 'between', operand, low, high: sum(cursor), place })
  }
  if (cursor.keyword('in')) {
    return negate(negated, { kind: 'in', operand, among: sum(cursor, 'list'), place })
  }
  if (cursor.keyword('like')) {
    return { kind: 'binary', operator: 'like', left: operand, right: sum(cursor), place }
  }
  if (negated) throw new NotWellFormed()
  return operand
}

const negate = (negated: boolean, of: Expression): Expression =>
  negated ? { kind: 'not', of, place: of.place } : of

/** @param parentheses whether `( x )` is a list of one, as after IN */
function sum(cursor: Cursor, parentheses?: 'list'): Expression {
  const primaries = (): Expression =>
    chain(cursor, ['*', '/', '%'], () => primary(cursor, parentheses === 'list'))
  return chain(cursor, ['+', '-', '||'], primaries)
}

function primary(cursor: Cursor, listInParentheses: boolean): Expression {
  const { token } = cursor
  const { place } = token
  if (token.kind === 'word') return wordExpression(cursor)
  if (token.kind === 'quoted') return path(cursor)
  cursor.next()
  switch (token.kind) {
    case 'string':
      return { kind: 'value', value: { S: token.text }, place }
    case 'number':
      return { kind: 'value', value: { N: normalizeNumber(token.text) }, place }
    case 'ion':
      throw invalid(`Ion Literals are not supported: SYMBOL under key root at ${place}`)
    case 'end':
      throw new NotWellFormed()
    case 'symbol':
      return symbolExpression(cursor, token.text, place, listInParentheses)
  }
}

function symbolExpression(
  cursor: Cursor,
  symbol: string,
  place: string,
  listInParentheses: boolean,
): Expression {
  switch (symbol) {
    case '?':
      return { kind: 'value', value: cursor.parameter(), place }
    case '@':
      return path(cursor)
    case '+':
    case '-': {
      const { kind, text } = cursor.next()
      if (kind !== 'number') throw new NotWellFormed()
      return { kind: 'value', value: { N: normalizeNumber(symbol + text) }, place }
    }
    case '[':
      return { kind: 'list', members: members(cursor, ']'), place }
    case '<<':
      return { kind: 'bag', members: members(cursor, '>>'), place }
    case '{':
      return { kind: 'tuple', members: tupleMembers(cursor), place }
    case '(': {
      const inside = members(cursor, ')')
      const [only] = inside
      if (only === undefined) throw new NotWellFormed()
      return inside.length === 1 && !listInParentheses
        ? only
        : { kind: 'list', members: inside, place }
    }
    default:
      throw new NotWellFormed()
  }
}

function members(cursor: Cursor, end: string): Expression[] {
  const found: Expression[] = []
  if (cursor.symbol(end)) return found
  do found.push(parseExpression(cursor))
  while (cursor.symbol(','))
  cursor.expectSymbol(end)
  return found
}

function tupleMembers(cursor: Cursor): (readonly [Expression, Expression])[] {
  const found: (readonly [Expression, Expression])[] = []
  if (cursor.symbol('}')) return found
  do {
    const name = parseExpression(cursor)
    cursor.expectSymbol(':')
    found.push([name, parseExpression(cursor)])
  } while (cursor.symbol(','))
  cursor.expectSymbol('}')
  return found
}

function wordExpression(cursor: Cursor): Expression {
  const { token } = cursor
  const { place } = token
  const after = cursor.peek(1)
  switch (token.word) {
    case 'true':
    case 'false':
      cursor.next()
      return { kind: 'value', value: { BOOL: token.word === 'true' }, place }
    case 'null':
      cursor.next()
      return { kind: 'value', value: { NULL: true }, place }
    case 'missing':
      cursor.next()
      return { kind: 'missing', place }
    case 'select':
      if (cursor.peek(-1)?.text !== '(') throw new NotWellFormed()
      throw invalid(`Unsupported token in expression: SELECT at ${place}`)
  }
  if (after?.kind === 'symbol' && after.text === '(') {
    cursor.next()
    cursor.next()
    // COUNT(*) is read, so that it can be refused by its place.
    if (token.word === 'count' && cursor.symbol('*')) {
      cursor.expectSymbol(')')
      return { kind: 'call', name: token.word, operands: [], place }
    }
    return { kind: 'call', name: token.word, operands: members(cursor, ')'), place }
  }
  return path(cursor)
}

/** `a.b."c"[0]['d']`. */
function path(cursor: Cursor): Expression {
  const { place } = cursor.token
  return { kind: 'path', steps: parsePath(cursor), place }
}

/** @throws NotWellFormed when no path comes next */
export function parsePath(cursor: Cursor): PathSteps {
  const steps: [string, ...(string | number)[]] = [name(cursor)]
  for (;;) {
    if (cursor.symbol('.')) {
      if (cursor.isSymbol('*')) {
        throw invalid("Changing item's hierarchy while reading isn't supported")
      }
      steps.push(name(cursor))
    } else if (cursor.symbol('[')) {
      const token = cursor.next()
      if (token.kind === 'string') steps.push(token.text)
      else if (token.kind === 'number' && /^[0-9]+$/.test(token.text)) {
        steps.push(Number(token.text))
      } else throw new NotWellFormed()
      cursor.expectSymbol(']')
    } else return steps
  }
}

function name(cursor: Cursor): string {
  const found = cursor.identifier()
  if (found === '') throw invalid('Path component cannot be an empty string')
  return found
}
