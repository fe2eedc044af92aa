import { describe, expect, it } from 'vitest'
import { isPlainInput, parseJsonInput } from './json-input.ts'

const parsed = (text: string): unknown => parseJsonInput(Buffer.from(text))
const isPlain = (text: string): boolean => isPlainInput(parsed(text) as object)

describe('a parsed input', () => {
  it('is plain when all its strings are ASCII and none needs an escape', () => {
    expect(isPlain('{"a":"~ \u007f/"}')).toBe(true)
    expect(isPlain('["a"]')).toBe(true)
  })

  it('is not when one does, or was escaped without need, or has other characters', () => {
    expect(isPlain('{"a":"ä"}')).toBe(false)
    expect(isPlain('{"𝄞":1}')).toBe(false)
    expect(isPlain('{"a":"\\n"}')).toBe(false)
    expect(isPlain('{"a\\"":1}')).toBe(false)
    expect(isPlain('{"a":"\\u0041"}')).toBe(false)
  })

  it('is not when it is no UTF-8: what stands for such bytes is no ASCII', () => {
    const input = parseJsonInput(Buffer.from('{"a":"\xff"}', 'latin1')) as object
    expect(input).toMatchObject({ a: '\ufffd' })
    expect(isPlainInput(input)).toBe(false)
  })

  it('says nothing about itself, whoever looks', () => {
    expect(JSON.stringify(parsed('{"a":1}'))).toBe('{"a":1}')
    expect(Object.entries(parsed('{"a":1}') as object)).toEqual([['a', 1]])
    expect(isPlainInput({ plain: true })).toBe(false)
    expect(parsed('1')).toBe(1)
    expect(parsed('null')).toBe(null)
  })
})
