import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberText, parseJson, writeJson } from './json.ts'

const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,40})(\.\d{1,20})?$/)

describe('parseJson', () => {
  it('keeps the value of every number, as text or as digits', () => {
    fc.assert(
      fc.property(digits, (text) => {
        const [value] = parseJson(`[${text}]`, 'exact') as [unknown]

        const trimmed = (decimal: string): string =>
          decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
        const kept = numberText(value) ?? ''
        // Small numbers come back in JavaScript's form, which may have an exponent.
        const plain = kept.includes('e') ? Number(kept).toFixed(20) : kept
        expect(trimmed(plain).replace(/^-0$/, '0')).toBe(trimmed(text).replace(/^-0$/, '0'))
      }),
    )
  })

  it('agrees with JSON.parse on everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = `[12345678901234567890,${JSON.stringify(value)}]`
        const [, parsed] = parseJson(text, 'exact') as [unknown, unknown]

        expect(writeJson(parsed, 'exact')).toBe(JSON.stringify(value))
      }),
    )
  })

  it('keeps keys that mean something to JavaScript as keys', () => {
    const text = '{"__proto__":{"x":12345678901234567890},"constructor":1}'

    expect(writeJson(parseJson(text, 'exact'), 'exact')).toBe(text)
  })

  it('lets the last of two equal keys win, as JSON.parse does', () => {
    const text = '{"a":12345678901234567890,"a":2}'

    expect(parseJson(text, 'exact')).toEqual({ a: 2 })
  })
})
