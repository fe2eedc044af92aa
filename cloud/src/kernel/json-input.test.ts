import { describe, expect, it } from 'vitest'
import { isPlainInput, parseJsonInput } from './json-input.ts'

const isPlain = (text: string): boolean => isPlainInput(parseJsonInput(text) as object)

describe('a parsed input', () => {
  it('is plain when none of its strings needs an escape', () => {
    expect(isPlain('{"a":"ä𝄞 \u007f/"}')).toBe(true)
    expect(isPlain('["a"]')).toBe(true)
  })

  it('is not when one does, or was escaped without need', () => {
    expect(isPlain('{"a":"\\n"}')).toBe(false)
    expect(isPlain('{"a\\"":1}')).toBe(false)
    expect(isPlain('{"a":"\\u0041"}')).toBe(false)
  })

  it('says nothing about itself, whoever looks', () => {
    expect(JSON.stringify(parseJsonInput('{"a":1}'))).toBe('{"a":1}')
    expect(Object.entries(parseJsonInput('{"a":1}') as object)).toEqual([['a', 1]])
    expect(isPlainInput({ plain: true })).toBe(false)
    expect(parseJsonInput('1')).toBe(1)
    expect(parseJsonInput('null')).toBe(null)
  })
})
