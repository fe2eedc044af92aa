import { describe, expect, it } from 'vitest'
import type { AttributeValue, Item } from '../values/index.ts'
import { applyUpdate } from './apply-update.ts'
import { evaluateCondition } from './evaluate-condition.ts'
import { conditionOfExpected, conditionOfFilter } from './legacy-conditions.ts'
import type {
  ComparisonOperator,
  ConditionalOperator,
  ExpectedAttribute,
} from './legacy-conditions.ts'
import { projectionOf, updateOf } from './legacy-updates.ts'
import { checkParameters } from './parameters.ts'
import { Placeholders } from './placeholders.ts'
import { parseProjection, projectItem } from './projection.ts'

const item: Item = {
  s: { S: 'hello' },
  n: { N: '5' },
  l: { L: [{ N: '0' }, { N: '1' }, { M: { k: { N: '3' }, j: { N: '4' } } }] },
  ss: { SS: ['a', 'b'] },
}

const meets = (name: string, by: ComparisonOperator, ...list: AttributeValue[]): boolean => {
  const condition = conditionOfFilter({
    [name]: { ComparisonOperator: by, AttributeValueList: list },
  })
  if (condition === undefined) throw new Error('A filter makes a condition')
  return evaluateCondition(condition, item)
}

describe('filters', () => {
  it.each<[string, ComparisonOperator, ...AttributeValue[]]>([
    ['n', 'EQ', { N: '5.0' }],
    ['n', 'NE', { S: '5' }],
    ['absent', 'NE', { N: '5' }],
    ['n', 'LE', { N: '5' }],
    ['n', 'IN', { N: '4' }, { N: '5' }],
    ['n', 'BETWEEN', { N: '4' }, { N: '6' }],
    ['n', 'NOT_NULL'],
    ['absent', 'NULL'],
    ['ss', 'CONTAINS', { S: 'a' }],
    ['ss', 'NOT_CONTAINS', { S: 'c' }],
    ['s', 'BEGINS_WITH', { S: 'he' }],
  ])('%s %s %o holds', (name, by, ...list) => {
    expect(meets(name, by, ...list)).toBe(true)
  })

  it('does not meet NOT_CONTAINS without the attribute', () => {
    expect(meets('absent', 'NOT_CONTAINS', { S: 'c' })).toBe(false)
  })

  it.each<[string, ComparisonOperator, ...AttributeValue[]]>([
    ['Invalid number of argument(s) for the EQ ComparisonOperator', 'EQ'],
    [
      'AttributeValues inside AttributeValueList must be of same type',
      'IN',
      { S: 'a' },
      { N: '1' },
    ],
    ['ComparisonOperator LT is not valid for SS AttributeValue type', 'LT', { SS: ['a'] }],
    ['lower bound is greater than the upper bound', 'BETWEEN', { N: '2' }, { N: '1' }],
  ])('refuses: %s', (sentence, by, ...list) => {
    expect(() => meets('n', by, ...list)).toThrow(sentence)
  })
})

describe('Expected', () => {
  const holds = (
    expected: Record<string, ExpectedAttribute>,
    operator?: ConditionalOperator,
  ): boolean | undefined => {
    const condition = conditionOfExpected(expected, operator)
    return condition === undefined ? undefined : evaluateCondition(condition, item)
  }

  it('asks for values and existence, joined by AND or OR', () => {
    const right = { n: { Value: { N: '5' } } }
    const wrong = { s: { Exists: false } }

    expect(holds({})).toBeUndefined()
    expect(holds({ ...right, absent: { Exists: false } })).toBe(true)
    expect(holds({ ...right, ...wrong })).toBe(false)
    expect(holds({ ...right, ...wrong }, 'OR')).toBe(true)
  })

  it.each<[string, ExpectedAttribute]>([
    ['Value must be provided when Exists is null for Attribute: a', {}],
    ['Value must be provided when Exists is true for Attribute: a', { Exists: true }],
    [
      'Value cannot be used when Exists is false for Attribute: a',
      { Exists: false, Value: { S: '' } },
    ],
    [
      'Value and AttributeValueList cannot be used together for Attribute: a',
      { Value: { S: '' }, AttributeValueList: [] },
    ],
    [
      'AttributeValueList can only be used with a ComparisonOperator for Attribute: a',
      { AttributeValueList: [] },
    ],
    [
      'Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a',
      { ComparisonOperator: 'EQ' },
    ],
    [
      'Exists and ComparisonOperator cannot be used together for Attribute: a',
      { ComparisonOperator: 'NULL', Exists: true },
    ],
  ])('refuses: %s', (sentence, expected) => {
    expect(() => holds({ a: expected })).toThrow(
      `One or more parameter values were invalid: ${sentence}`,
    )
  })

  it('refuses an operator that joins nothing', () => {
    expect(() => holds({}, 'OR')).toThrow(/^ConditionalOperator cannot be used without/)
    expect(() => holds({ n: { Value: { N: '5' } } }, 'OR')).toThrow(/two or more elements$/)
  })
})

describe('AttributeUpdates', () => {
  it('puts, adds and deletes', () => {
    const update = updateOf({
      s: { Value: { S: 'new' } },
      n: { Action: 'ADD', Value: { N: '1' } },
      l: { Action: 'ADD', Value: { L: [{ S: 'end' }] } },
      ss: { Action: 'DELETE', Value: { SS: ['a', 'b'] } },
      absent: { Action: 'DELETE' },
    })

    expect(applyUpdate(update, item).item).toEqual({
      s: { S: 'new' },
      n: { N: '6' },
      l: {
        L: [{ N: '0' }, { N: '1' }, { M: { k: { N: '3' }, j: { N: '4' } } }, { S: 'end' }],
      },
    })
  })

  it('refuses what it cannot do', () => {
    expect(() => updateOf({ a: { Action: 'ADD' } })).toThrow(/Only DELETE action is allowed/)
    expect(() => updateOf({ a: { Action: 'ADD', Value: { S: '' } } })).toThrow(/for the type S$/)
    expect(() => updateOf({ a: { Action: 'DELETE', Value: { N: '1' } } })).toThrow(/type N$/)
    expect(() => applyUpdate(updateOf({ s: { Action: 'ADD', Value: { N: '1' } } }), item)).toThrow(
      'Type mismatch for attribute to update',
    )
  })
})

describe('projections', () => {
  const project = (text: string): Item =>
    projectItem(parseProjection(text, new Placeholders()), item)

  it('keep nested parts, list elements closing up in their order', () => {
    expect(project('l[2].k, l[0], absent, s.x, l[7]')).toEqual({
      l: { L: [{ N: '0' }, { M: { k: { N: '3' } } }] },
    })
    expect(project('absent.x')).toEqual({})
  })

  it.each([
    ['s, s', /overlap with each other; .* path one: \[s\], path two: \[s\]$/],
    ['l[0].a, l[0][1]', /conflict with each other; .* path two: \[l, \[0\], \[1\]\]$/],
    ['(s)', 'Invalid ProjectionExpression: Syntax error; token: "(", near: "(s"'],
    ['s,', 'Invalid ProjectionExpression: Syntax error; token: "<EOF>", near: ","'],
  ])('refuse %s', (text, sentence) => {
    expect(() => project(text)).toThrow(sentence)
  })

  it('come from AttributesToGet too', () => {
    expect(projectItem(projectionOf(['n', 'absent']), item)).toEqual({ n: { N: '5' } })
    expect(() => projectionOf(['n', 'n'])).toThrow(/Duplicate value in attribute name: n$/)
  })
})

describe('parameters', () => {
  const expressions = { UpdateExpression: undefined, ConditionExpression: undefined }
  it.each([
    [
      {
        expressions: { ...expressions, ConditionExpression: 'a' },
        legacy: { AttributeUpdates: {}, Expected: {} },
      },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates, Expected} Expression parameters: {ConditionExpression}',
    ],
    [
      { expressions, legacy: {}, names: {} },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      { expressions, legacy: {}, values: {} },
      'ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null',
    ],
  ])('refuses %o', (parameters, sentence) => {
    expect(() => checkParameters(parameters)).toThrow(sentence)
  })

  it('refuses placeholders that are ill-formed or not used', () => {
    expect(() => new Placeholders({})).toThrow('ExpressionAttributeNames must not be empty')
    expect(() => new Placeholders({ n: 'a' })).toThrow(
      /^ExpressionAttributeNames contains invalid key/,
    )
    expect(() => new Placeholders(undefined, { ':v': { N: 'x' } })).toThrow(
      'ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v',
    )
    expect(() =>
      new Placeholders({ '#a': 'a', '#b': 'b' }, { ':v': { N: '1' } }).requireAllUsed(),
    ).toThrow('Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}')
  })
})
