import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributeValue, Item } from '../values/index.ts'
import type { Condition, Operand } from './ast.ts'
import { parseCondition } from './condition.ts'
import { evaluateCondition } from './evaluate-condition.ts'
import { Placeholders } from './placeholders.ts'

const names: Record<string, string> = { '#n': 'name', '#d': 'a.b' }
const values: Record<string, AttributeValue> = {
  ':s': { S: 'x' },
  ':type': { S: 'S' },
  ':n': { N: '1' },
  ':m': { N: '2' },
  ':b': { B: 'YQ==' },
  ':t': { BOOL: true },
  ':l': { L: [] },
  ':ss': { SS: ['a'] },
}
const parse = (text: string): Condition =>
  parseCondition('ConditionExpression', text, new Placeholders(names, values))

const holds = (text: string, item: Item): boolean => evaluateCondition(parse(text), item)

describe('mistakes, as observed on DynamoDB', () => {
  it.each([
    ['', 'The expression can not be empty;'],
    ['abc', 'Syntax error; token: "<EOF>", near: "abc"'],
    ['abc def', 'Syntax error; token: "def", near: "abc def"'],
    ['abc =', 'Syntax error; token: "<EOF>", near: "="'],
    ['abc = :n def', 'Syntax error; token: "def", near: ":n def"'],
    ['(abc = :n) = :m', 'Syntax error; token: "=", near: ") = :m"'],
    ['abc = (abc = :n)', 'Syntax error; token: "=", near: "abc = :n"'],
    ['abc != :n', 'Syntax error; token: "!", near: "abc !="'],
    ['abc[a]=:n', 'Syntax error; token: "a", near: "[a]"'],
    ['_abc = :n', 'Syntax error; token: "_", near: "_abc"'],
    ['abc = "x"', 'Syntax error; token: """, near: "= "x"'],
    ['abc IN ()', 'Syntax error; token: ")", near: "()"'],
    ['abc IN :n', 'Syntax error; token: ":n", near: "IN :n"'],
    ['OR abc', 'Syntax error; token: "OR", near: "OR abc"'],
    ['((abc = :n))', 'The expression has redundant parentheses;'],
    ['abc = ((:n))', 'The expression has redundant parentheses;'],
    ['foo(abc)', 'Invalid function name; function: foo'],
    [
      'size(abc)',
      'The function is not allowed to be used this way in an expression; function: size',
    ],
    [
      'attribute_exists(abc) = :n',
      'The function is not allowed to be used this way in an expression; function: attribute_exists',
    ],
    ['abc.name = :n', 'Attribute name is a reserved keyword; reserved keyword: name'],
    [
      '#zz = :zz',
      'An expression attribute name used in the document path is not defined; attribute name: #zz',
    ],
    [
      'abc = :zz',
      'An expression attribute value used in expression is not defined; attribute value: :zz',
    ],
    [
      'size(abc, b) = :n',
      'Incorrect number of operands for operator or function; operator or function: size, number of operands: 2',
    ],
    [
      'attribute_exists(:n)',
      'Operator or function requires a document path; operator or function: attribute_exists',
    ],
    [
      'begins_with(abc, :n)',
      'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N',
    ],
    [
      'abc < :ss',
      'Incorrect operand type for operator or function; operator or function: <, operand type: SS',
    ],
    [
      'abc = abc',
      'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [abc]',
    ],
    [
      'abc BETWEEN :m AND :n',
      'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}',
    ],
    [
      'abc BETWEEN :n AND :s',
      'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:x}',
    ],
    ['abc[99999999999]=:n', 'List index is not within the allowable range; index: [99999999999]'],
    [
      `abc IN (${Array.from({ length: 101 }, () => ':n').join(',')})`,
      'The IN operator is provided with too many operands; number of operands: 101',
    ],
    [
      Array.from({ length: 151 }, () => 'a = :n').join(' OR '),
      'The expression contains too many operators; operator count: 301',
    ],
    [
      'x'.repeat(5000),
      'Expression size has exceeded the maximum allowed size; expression size: 5000',
    ],
    [
      `a${'.b'.repeat(40)} = :n`,
      'The document path has too many nesting levels; nesting levels: 41',
    ],
  ])('%s', (text, sentence) => {
    const error = (() => {
      try {
        return parse(text)
      } catch (thrown) {
        return thrown
      }
    })()

    expect(error).toMatchObject({
      code: 'ValidationException',
      message: `Invalid ConditionExpression: ${sentence}`,
    })
  })

  it('gives up on nesting that no person wrote, without exhausting the stack', () => {
    expect(() => parse(`${'('.repeat(2000)}a`)).toThrow(/nested too deeply/)
  })
})

describe('evaluation', () => {
  const item: Item = {
    s: { S: 'hello' },
    n: { N: '5' },
    b: { B: 'YWJj' },
    l: { L: [{ S: 'a' }, { M: { k: { N: '1' } } }] },
    m: { M: { k: { N: '1' } } },
    ss: { SS: ['b', 'a'] },
    a: { SS: ['a'] },
    name: { S: 'x' },
    'a.b': { N: '1' },
  }

  it.each([
    'n > :n AND n <> :m',
    'NOT n = :n',
    'NOT NOT #n = :s',
    'not n = :n and #n = :s or n = :n',
    '(n) > (:n)',
    'absent <> :n',
    'attribute_exists(l[1].k) and attribute_not_exists(l[2])',
    'attribute_type(#n, :type) and #d = :n',
    'begins_with(b, :b)',
    'contains(ss, l[0]) and contains(l, l[0])',
    'contains(b, :b)',
    'size(s) = n',
    'size(l) = :m AND size(ss) = :m AND size(m) = :n',
    ':n < n',
    'n IN (:s, :n, n2) or l[1].k in (:n)',
    'n BETWEEN :m AND n2 or l[1].k between :n and :m',
    '(l)[1].k = m.k',
    'l[1] = m',
    'a = :ss',
  ])('%s holds', (text) => {
    expect(holds(text, item)).toBe(true)
  })

  it.each(['absent = :n', 'absent < :n', 'n < :s', 'NOT absent <> :n', 'contains(s, :ss)'])(
    '%s does not hold',
    (text) => {
      expect(holds(text, item)).toBe(false)
    },
  )

  it('sees nothing inherited', () => {
    expect(holds('attribute_exists(constructor1) or attribute_exists(toString)', {})).toBe(false)
    expect(evaluateCondition({ kind: 'exists', path: ['__proto__'] }, undefined)).toBe(false)
  })
})

describe('against a naive model', () => {
  const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
    fc.constantFrom('', 'a', 'ab', 'b').map((S) => ({ S })),
    fc.integer({ min: 0, max: 3 }).map((N) => ({ N: String(N) })),
  )
  const place = fc.constantFrom('p', 'q', 'r')
  const comparator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=')

  type Model = { readonly text: string; readonly holds: (item: Item) => boolean }

  /** Text with literals as `:v<type><content>`, which the test defines by their names. */
  const leaf: fc.Arbitrary<Model> = fc.tuple(place, comparator, scalar).map(([at, by, value]) => ({
    text: `${at} ${by} ${keyOf(value)}`,
    holds: (item) => {
      const left = item[at]
      if (left === undefined) return by === '<>'
      const same = JSON.stringify(left) === JSON.stringify(value)
      if (by === '=') return same
      if (by === '<>') return !same
      const order = orderOf(left, value)
      if (order === undefined) return false
      return (
        (by.includes('<') && order < 0) ||
        (by.includes('>') && order > 0) ||
        (by.includes('=') && same)
      )
    },
  }))
  const tree = fc.letrec<{ node: Model }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie('node'), tie('node'), fc.boolean()).map(([a, b, and]) => ({
        text: `${wrap(a)} ${and ? 'AND' : 'or'} ${wrap(b)}`,
        holds: (item: Item) =>
          and ? a.holds(item) && b.holds(item) : a.holds(item) || b.holds(item),
      })),
      tie('node').map((of) => ({
        text: `NOT ${wrap(of)}`,
        holds: (item: Item) => !of.holds(item),
      })),
    ),
  })).node
  const item = fc.dictionary(place, scalar)

  it('agrees', () => {
    fc.assert(
      fc.property(tree, item, (model, subject) => {
        const used = [...new Set(model.text.match(/:v\w+/g))]
        const placeholders = new Placeholders(
          undefined,
          Object.fromEntries(used.map((key) => [key, valueOf(key)])),
        )

        const condition = parseCondition('FilterExpression', model.text, placeholders)

        placeholders.requireAllUsed()
        expect(evaluateCondition(condition, subject)).toBe(model.holds(subject))
        expect(again(condition)).toEqual(condition)
      }),
      { numRuns: 500 },
    )
  })

  const wrap = (model: Model): string =>
    / (AND|or) |^NOT /.test(model.text) ? `(${model.text})` : model.text
  const keyOf = (value: AttributeValue): string =>
    'S' in value ? `:vS${value.S}` : 'N' in value ? `:vN${value.N}` : ''
  const valueOf = (key: string): AttributeValue =>
    key[2] === 'S' ? { S: key.slice(3) } : { N: key.slice(3) }
  function orderOf(a: AttributeValue, b: AttributeValue): number | undefined {
    if ('N' in a && 'N' in b) return Number(a.N) - Number(b.N)
    return 'S' in a && 'S' in b ? (a.S < b.S ? -1 : a.S > b.S ? 1 : 0) : undefined
  }

  /** A condition written out and parsed again. */
  function again(condition: Condition): Condition {
    const literals: Record<string, AttributeValue> = {}
    const operand = (of: Operand): string => {
      if (of.kind === 'path') return of.path.join('.')
      if (of.kind !== 'value') throw new TypeError('The model has no functions')
      literals[keyOf(of.value)] = of.value
      return keyOf(of.value)
    }
    const write = (of: Condition): string => {
      if (of.kind === 'not')
        return `NOT ${of.of.kind === 'and' || of.of.kind === 'or' ? `(${write(of.of)})` : write(of.of)}`
      if (of.kind === 'and' || of.kind === 'or')
        return `${side(of.left)} ${of.kind} ${side(of.right)}`
      if (of.kind !== 'compare') throw new TypeError('The model has comparisons only')
      return `${operand(of.left)} ${of.comparator} ${operand(of.right)}`
    }
    const side = (of: Condition): string =>
      of.kind === 'and' || of.kind === 'or' ? `(${write(of)})` : write(of)
    const text = write(condition)
    return parseCondition('FilterExpression', text, new Placeholders(undefined, literals))
  }
})
