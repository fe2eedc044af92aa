import { describe, expect, it } from 'vitest'
import type { AttributeValue } from '../values/index.ts'
import type { KeyCondition, KeySchema } from './ast.ts'
import { parseKeyCondition } from './key-condition.ts'
import { keyConditionOf } from './legacy-conditions.ts'
import { Placeholders } from './placeholders.ts'

const values: Record<string, AttributeValue> = {
  ':s': { S: 'x' },
  ':t': { S: 'y' },
  ':empty': { S: '' },
  ':n': { N: '1' },
  ':m': { N: '2' },
}
const simple: KeySchema = {
  partition: [{ name: 'p', type: 'S' }],
  sort: [{ name: 'r', type: 'N' }],
}
const multi: KeySchema = {
  partition: [
    { name: 'p1', type: 'S' },
    { name: 'p2', type: 'S' },
  ],
  sort: [
    { name: 'r1', type: 'N' },
    { name: 'r2', type: 'S' },
    { name: 'r3', type: 'N' },
  ],
}
const parse = (text: string, schema = simple): KeyCondition =>
  parseKeyCondition(text, new Placeholders(undefined, values), schema)

const partition = [{ S: 'x' }]

describe('parseKeyCondition', () => {
  it.each<[string, KeyCondition]>([
    ['p = :s', { partition, sort: [] }],
    ['(r = :n) AND :s = p', { partition, sort: [{ N: '1' }] }],
    ['p = :s AND :n > r', { partition, sort: [], range: { operator: '<', value: { N: '1' } } }],
    [
      'p = :s and r between :n and :m',
      { partition, sort: [], range: { operator: 'BETWEEN', low: { N: '1' }, high: { N: '2' } } },
    ],
  ])('%s', (text, condition) => {
    expect(parse(text)).toEqual(condition)
  })

  it('takes multi-attribute keys: all partition attributes, the first sort attributes, one range at the end', () => {
    expect(parse('r2 > :s AND p2 = :t AND r1 = :n AND p1 = :s', multi)).toEqual({
      partition: [{ S: 'x' }, { S: 'y' }],
      sort: [{ N: '1' }],
      range: { operator: '>', value: { S: 'x' } },
    })
    expect(
      parse('p1 = :s AND p2 = :t AND begins_with(r1, :s)', {
        ...multi,
        sort: [{ name: 'r1', type: 'S' }],
      }).range,
    ).toEqual({ operator: 'begins_with', prefix: { S: 'x' } })
  })

  it.each([
    ['p1 = :s', 'Query condition missed key schema element: p2'],
    ['p1 = :s AND p2 > :s', 'Query key condition not supported'],
    ['p1 = :s AND p2 = :s AND r1 > :n AND r2 = :s', 'Query key condition not supported'],
    ['p1 = :s AND p2 = :s AND r2 = :s', 'Query condition missed key schema element: r1'],
  ])('refuses %s of a multi-attribute key', (text, sentence) => {
    expect(() => parse(text, multi)).toThrow(sentence)
  })

  const mismatch = /Condition parameter type does not match schema type$/
  it.each<[string, string | RegExp]>([
    ['p', 'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "p"'],
    ['p = :n', mismatch],
    ['p = :s AND r = :s', mismatch],
    ['p > :s', 'Query key condition not supported'],
    ['begins_with(p, :s)', 'Query key condition not supported'],
    ['r = :n', 'Query condition missed key schema element: p'],
    ['p = :s AND x = :n', 'Query condition missed key schema element: r'],
    ['p = :s AND r = :n AND x = :n', 'Conditions can be of length 1 or 2 only'],
    ['p = :s AND p = :t', 'KeyConditionExpressions must only contain one condition per key'],
    ['p = :s AND r <> :n', 'Invalid operator used in KeyConditionExpression: <>'],
    ['p = :s OR r = :n', 'Invalid operator used in KeyConditionExpression: OR'],
    ['NOT p = :s', 'Invalid operator used in KeyConditionExpression: NOT'],
    ['p IN (:s)', 'Invalid operator used in KeyConditionExpression: IN'],
    [
      'attribute_not_exists(p)',
      'Invalid operator used in KeyConditionExpression: attribute_not_exists',
    ],
    ['size(p) = :n', 'KeyConditionExpressions cannot contain nested operations'],
    ['p[0] = :s', 'KeyConditionExpressions cannot have conditions on nested attributes'],
    ['p = r', /Multiple attribute names used in one condition$/],
    ['p = :s AND :n = :n', /No key attribute specified$/],
    [
      'p = :s AND begins_with(:s, r)',
      /begins_with operator must have the key attribute as its first operand$/,
    ],
    ['p = :empty', /cannot contain an empty string value\. Key: p$/],
  ])('refuses %s', (text, sentence) => {
    expect(() => parse(text)).toThrow(sentence)
  })
})

describe('keyConditionOf', () => {
  it('reads the legacy parameter', () => {
    const condition = keyConditionOf(
      {
        r: { ComparisonOperator: 'BETWEEN', AttributeValueList: [{ N: '01' }, { N: '2' }] },
        p: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'x' }] },
      },
      simple,
    )

    expect(condition).toEqual(parse('p = :s AND r BETWEEN :n AND :m'))
  })

  it('refuses what no index can answer', () => {
    expect(() =>
      keyConditionOf({ p: { ComparisonOperator: 'NE', AttributeValueList: [{ S: 'x' }] } }, simple),
    ).toThrow('Attempted conditional constraint is not an indexable operation')
  })
})
