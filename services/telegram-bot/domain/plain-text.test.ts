import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainName, splitText, withoutControls } from './plain-text.ts'

describe('splitText', () => {
  it('cuts where a word ends', () => {
    expect(splitText('one two three', 8)).toEqual(['one two ', 'three'])
  })

  it('loses nothing, and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parts = splitText(text, 8)

        expect(parts.every((part) => part.length <= 8)).toBe(true)
        expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
        expect(
          parts.filter((part) => /^[\udc00-\udfff]/.test(part) && !/\p{Surrogate}/u.test(text)),
        ).toEqual([])
      }),
    )
  })
})

it('replaces control characters one by one, so that formatting stays in place', () => {
  expect(withoutControls('a\u0000b\tc\nd\u001be')).toBe('a\uFFFDb\tc\nd\uFFFDe')
})

it.each([
  ['Ana\n\u202EMaría  \u0000', 'Ana María'],
  ['x'.repeat(80), `${'x'.repeat(63)}…`],
  ['👩‍🚀'.repeat(3), '👩‍🚀'.repeat(3)],
  [' \u200F ', ''],
])('makes the name %j plain', (name, plain) => {
  expect(plainName(name)).toBe(plain)
})
