import { describe, expect, it } from 'vitest'
import { checkShape, Problems } from '../../../kernel/index.ts'
import type { AttributeValue, Item } from './attribute-value.ts'
import { checkItem } from './check-item.ts'
import { itemSize } from './item-size.ts'
import { attributeMap } from './shapes.ts'

/** As an operation does: JSON types first, then the values. */
function check(json: string): Item {
  const input: unknown = JSON.parse(json)
  checkShape(attributeMap, input, 'item', new Problems())
  return checkItem(input as Item) // the shape let it through
}

const nested = (levels: number): AttributeValue =>
  levels === 0 ? { S: 'x' } : { L: [nested(levels - 1)] }

describe('checkItem', () => {
  it('returns what needs no change as it came', () => {
    const item: Item = { a: { N: '10.5' }, b: { M: { c: { L: [{ NS: ['1', '2'] }] } } } }

    expect(checkItem(item)).toBe(item)
  })

  it('normalises numbers at any depth without changing the input', () => {
    const item: Item = {
      a: { N: '1e2' },
      b: { M: { c: { L: [{ NS: ['01', '2'] }, { S: 's' }] } } },
    }
    const before = structuredClone(item)

    expect(checkItem(item)).toEqual({
      a: { N: '100' },
      b: { M: { c: { L: [{ NS: ['1', '2'] }, { S: 's' }] } } },
    })
    expect(item).toEqual(before)
  })

  it('keeps attributes with the names of prototypes', () => {
    const item = check('{"__proto__":{"N":"1e1"},"constructor":{"S":"c"}}')

    expect(JSON.stringify(item)).toBe('{"__proto__":{"N":"10"},"constructor":{"S":"c"}}')
  })

  it.each([
    ['{}', /^Supplied AttributeValue is empty/],
    ['{"X":"a"}', /^Supplied AttributeValue is empty/],
    ['{"S":null}', /^Supplied AttributeValue is empty/],
    ['null', /^Supplied AttributeValue is empty/],
    ['{"S":"a","N":"1"}', /more than one datatypes set/],
    ['{"S":"a","N":"x"}', 'The parameter cannot be converted to a numeric value: x'],
    ['{"NULL":false}', /Null attribute value types must have the value of true$/],
    ['{"SS":[]}', 'One or more parameter values were invalid: An string set  may not be empty'],
    ['{"NS":[]}', 'One or more parameter values were invalid: An number set  may not be empty'],
    ['{"BS":[]}', 'One or more parameter values were invalid: Binary sets should not be empty'],
    ['{"SS":["a","a"]}', /Input collection \[a, a\] contains duplicates\.$/],
    ['{"NS":["1","1.0"]}', 'Input collection contains duplicates'],
    ['{"M":{"":{"S":"a"}}}', 'Empty attribute name'],
    ['{"S":1}', 'NUMBER_VALUE cannot be converted to String'],
    ['{"S":{}}', 'Start of structure or map found where not expected'],
    ['{"L":"x"}', 'Unexpected field type'],
    ['{"B":"YQ="}', /multiple of 4 bytes but found: 3$/],
    ['{"B":"YR=="}', /^Invalid last non-pad/],
    ['"x"', 'Unexpected value type in payload'],
  ])('refuses %s', (json, sentence) => {
    expect(() => check(`{"v":${json}}`)).toThrow(sentence)
  })

  it('takes 32 levels, the item among them', () => {
    expect(() => check(JSON.stringify({ v: nested(31) }))).not.toThrow()
    expect(() => check(JSON.stringify({ v: nested(32) }))).toThrow(/^Nesting Levels have exceeded/)
    expect(() => check(JSON.stringify({ v: nested(2000) }))).toThrow(/^Nesting Levels/)
  })
})

describe('itemSize', () => {
  it.each<[string, Item, number]>([
    ['text by its UTF-8 bytes', { é: { S: 'añ' } }, 2 + 3],
    ['zero', { n: { N: '0' } }, 1 + 1],
    ['digits by pairs', { n: { N: '123' } }, 1 + 3],
    ['a sign', { n: { N: '-12' } }, 1 + 3],
    ['binary by its bytes', { b: { B: 'YWI=' } }, 1 + 2],
    ['booleans and null', { t: { BOOL: true }, z: { NULL: true } }, 4],
    ['lists', { l: { L: [{ S: 'ab' }] } }, 1 + 3 + 1 + 2],
    ['maps', { m: { M: { k: { S: 'ab' } } } }, 1 + 3 + 1 + 1 + 2],
    ['sets', { s: { SS: ['a', 'bc'] } }, 1 + 3],
  ])('counts %s', (_, item, size) => {
    expect(itemSize(item)).toBe(size)
  })
})
