import { describe, expect, it } from 'vitest'
import { compilePattern } from './compile-pattern.ts'

const matches = (pattern: string, message: string): boolean =>
  compilePattern(pattern)?.(message) ?? true

describe('terms', () => {
  it.each<[string, string, boolean]>([
    ['', 'anything', true],
    ['ERROR', '[ERROR 400] BAD REQUEST', true],
    ['error', '[ERROR 400] BAD REQUEST', false],
    ['ERROR REQUEST', '[ERROR 400] BAD REQUEST', true],
    ['ERROR missing', '[ERROR 400] BAD REQUEST', false],
    ['"BAD REQUEST"', '[ERROR 400] BAD REQUEST', true],
    ['"REQUEST BAD"', '[ERROR 400] BAD REQUEST', false],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ['ERROR -BAD', '[ERROR 400] BAD REQUEST', false],
    ['ERROR -"NOT FOUND"', '[ERROR 400] BAD REQUEST', true],
    ['?WARN ?ERROR', '[ERROR 400]', true],
    ['?WARN ?INFO', '[ERROR 400]', false],
    ['ERROR ?INFO', '[ERROR 400]', true],
  ])('%s in %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })

  it.each(['"open', 'a"b', '%a.*%', '[a, b]'])('refuse %s', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/./)
  })
})

describe('JSON patterns', () => {
  const message = JSON.stringify({
    level: 'ERROR',
    status: 503,
    user: { id: 'u-1', 'full.name': 'Ana', address: null },
    ok: false,
    items: [{ sku: 'a' }, { sku: 'b' }],
    __proto__x: 1,
  })

  it.each<[string, boolean]>([
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level = "ERR*" }', true],
    ['{ $.level = "*RO*" }', true],
    ['{ $.level != "ERROR" }', false],
    ['{ $.missing != "ERROR" }', false],
    ['{ $.status = 503 }', true],
    ['{ $.status >= 500 && $.status < 600 }', true],
    ['{ $.status = 4* || $.level = WARN }', false],
    ['{ $.status = 5* }', true],
    ['{ ($.level = WARN || $.level = ERROR) && $.ok IS FALSE }', true],
    ['{ $.user.address IS NULL }', true],
    ['{ $.user.phone NOT EXISTS }', true],
    ['{ $.user.id EXISTS }', true],
    ['{ $.user.address NOT EXISTS }', false],
    ["{ $.user.['full.name'] = Ana }", true],
    ['{ $.items[1].sku = b }', true],
    ['{ $.items[*].sku = b }', true],
    ['{ $.items[2].sku = b }', false],
    ['{ $.user.* = "u-1" }', true],
    ['{ $.constructor EXISTS }', false],
  ])('%s', (pattern, expected) => {
    expect(matches(pattern, message)).toBe(expected)
  })

  it('do not match messages that are not JSON', () => {
    expect(matches('{ $.a NOT EXISTS }', 'plain text')).toBe(false)
    expect(matches('{ $.a NOT EXISTS }', '{broken')).toBe(false)
  })

  it.each([
    '{',
    '{ }',
    '{ $.a }',
    '{ $.a = }',
    '{ $.a > x }',
    '{ $.a = 1 ',
    '{ $.a = 1 } x',
    '{ ($.a = 1 }',
    '{ $.a IS MAYBE }',
    '{ $.a = %x% }',
    '{ a = 1 }',
  ])('refuse %s', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/filter pattern|offered/)
  })

  it('take nesting as deep as a pattern can be', () => {
    const deep = `{ ${'('.repeat(500)}$.level = ERROR${')'.repeat(500)} }`

    expect(matches(deep, message)).toBe(true)
  })
})
