import { describe, expect, it } from 'vitest'
import { checkFilters, compileFilters } from './filter-pattern.ts'

const matches = (pattern: unknown, record: unknown): boolean | undefined =>
  compileFilters([JSON.stringify(pattern)])?.(record)

describe('filter patterns', () => {
  const record = {
    eventName: 'INSERT',
    dynamodb: {
      Keys: { id: { S: 'order-1' } },
      NewImage: { id: { S: 'order-1' }, n: { N: '17' }, ok: { BOOL: true }, none: { NULL: null } },
      SizeBytes: 40,
    },
    tags: ['red', 'green'],
  }
  const newImage = (pattern: unknown): unknown => ({ dynamodb: { NewImage: pattern } })

  it.each<[string, unknown, boolean]>([
    ['equality', { eventName: ['INSERT'] }, true],
    ['equality of another text', { eventName: ['insert'] }, false],
    ['any of a list', { eventName: ['REMOVE', 'INSERT'] }, true],
    [
      'all members',
      { eventName: ['INSERT'], ...(newImage({ id: { S: ['x'] } }) as object) },
      false,
    ],
    ['boolean', newImage({ ok: { BOOL: [true] } }), true],
    ['null', newImage({ none: { NULL: [null] } }), true],
    ['prefix', newImage({ id: { S: [{ prefix: 'order-' }] } }), true],
    ['suffix', newImage({ id: { S: [{ suffix: '-2' }] } }), false],
    [
      'prefix without case',
      newImage({ id: { S: [{ prefix: { 'equals-ignore-case': 'ORD' } }] } }),
      true,
    ],
    ['equals-ignore-case', { eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    ['anything-but', { eventName: [{ 'anything-but': 'REMOVE' }] }, true],
    ['anything-but a list', { eventName: [{ 'anything-but': ['REMOVE', 'INSERT'] }] }, false],
    ['anything-but a prefix', { eventName: [{ 'anything-but': { prefix: 'IN' } }] }, false],
    ['anything-but of what is absent', { missing: [{ 'anything-but': 'x' }] }, false],
    ['numeric range', { dynamodb: { SizeBytes: [{ numeric: ['>', 10, '<=', 40] }] } }, true],
    ['numeric equality', { dynamodb: { SizeBytes: [{ numeric: ['=', 41] }] } }, false],
    [
      'numeric on DynamoDB numbers, which are texts',
      newImage({ n: { N: [{ numeric: ['>', 1] }] } }),
      false,
    ],
    ['a DynamoDB number as text', newImage({ n: { N: ['17'] } }), true],
    ['exists', newImage({ n: { N: [{ exists: true }] } }), true],
    ['exists is for leaves only', newImage({ n: [{ exists: true }] }), false],
    ['does not exist', newImage({ absent: { S: [{ exists: false }] } }), true],
    [
      'does not exist under what is absent',
      { dynamodb: { OldImage: { a: { S: [{ exists: false }] } } } },
      true,
    ],
    ['a list of the record', { tags: ['green'] }, true],
    ['$or', { $or: [{ eventName: ['REMOVE'] }, { tags: ['red'] }] }, true],
    ['$or beside a member', { eventName: ['REMOVE'], $or: [{ tags: ['red'] }] }, false],
    ['names like __proto__', JSON.parse('{"__proto__":{"x":[{"exists":true}]}}'), false],
    ['names of Object.prototype', { constructor: [{ exists: true }] }, false],
  ])('%s', (_name, pattern, expected) => {
    expect(matches(pattern, record)).toBe(expected)
  })

  it('deliver when any of several patterns matches', () => {
    const filter = compileFilters(['{"eventName":["REMOVE"]}', '{"eventName":["INSERT"]}'])

    expect(filter?.(record)).toBe(true)
    expect(compileFilters([])).toBeUndefined()
  })

  it.each([
    '{',
    '[]',
    '{}',
    '{"a":"b"}',
    '{"a":[]}',
    '{"a":[["b"]]}',
    '{"a":[{"wildcard":"*"}]}',
    '{"a":[{"prefix":1}]}',
    '{"a":[{"numeric":[">"]}]}',
    '{"a":[{"numeric":["~",1]}]}',
    '{"a":[{"exists":"yes"}]}',
    '{"a":[{"anything-but":[]}]}',
    '{"$or":[]}',
  ])('refuse %s', (pattern) => {
    expect(() => checkFilters([pattern])).toThrow(/Invalid filter pattern definition/)
  })

  it('refuse more than five', () => {
    expect(() => checkFilters(Array.from({ length: 6 }, () => '{"a":["b"]}'))).toThrow(/at most 5/)
  })
})
