import { describe, expect, it } from 'vitest'
import { wildcardMatch } from './wildcard.ts'

describe('wildcards', () => {
  it.each([
    ['a*c', 'abbc', true],
    ['a*c', 'abcb', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a?', 'a', false],
    ['*a*b*', 'xaxbx', true],
    ['a.c', 'abc', false],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(wildcardMatch(pattern, text)).toBe(expected)
  })

  it('take no exponential time', () => {
    expect(wildcardMatch(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false)
  })
})
