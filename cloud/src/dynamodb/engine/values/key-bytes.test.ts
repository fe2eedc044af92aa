import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttributeValue } from './attribute-value.ts'
import { compareValues } from './compare.ts'
import { compositeKeyBytes, keyBytes, writeKeyBytes } from './key-bytes.ts'
import { normalizeNumber } from './number.ts'

const text = fc.string({ unit: 'binary', maxLength: 6 }).map((S) => ({ S }))
const number = fc
  .oneof(
    fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -2, max: 2 })),
    fc.tuple(fc.maxSafeInteger(), fc.integer({ min: -130, max: 109 })),
  )
  .map(([coefficient, power]) => ({ N: normalizeNumber(`${coefficient}e${power}`) }))
const binary = fc
  .array(fc.constantFrom(0, 1, 2, 0xfe, 0xff), { maxLength: 4 })
  .map((bytes) => ({ B: Buffer.from(bytes).toString('base64') }))

/** Two values of one type. */
const pair = fc.oneof(fc.tuple(text, text), fc.tuple(number, number), fc.tuple(binary, binary))

const order = (a: AttributeValue, b: AttributeValue): number =>
  Math.sign(compareValues(a, b) ?? NaN)

describe('key bytes', () => {
  it('order as the values do', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(Buffer.compare(keyBytes(a), keyBytes(b))).toBe(order(a, b))
      }),
      { numRuns: 1000 },
    )
  })

  it('are the same when they are written among others', () => {
    const long = fc.string({ unit: 'grapheme', maxLength: 100 }).map((S) => ({ S }))
    fc.assert(
      fc.property(fc.oneof(text, long, number, binary), (value) => {
        const target = Buffer.alloc(3_000, 7)
        const end = writeKeyBytes(target, 5, value)
        expect(target.subarray(5, end)).toEqual(keyBytes(value))
        expect(target.indexOf(7, end)).toBe(end)
      }),
      { numRuns: 500 },
    )
  })

  it('order composite keys by their first component, then the second', () => {
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        const expected = order(a, b) === 0 ? order(c, d) : order(a, b)
        const bytes = Buffer.compare(compositeKeyBytes([a, c]), compositeKeyBytes([b, d]))
        expect(bytes).toBe(expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('order numbers across the whole range', () => {
    const ascending = [
      '-1e125',
      '-1.5',
      '-1',
      '-1e-130',
      '0',
      '1e-130',
      '0.99',
      '1',
      '1.01',
      '10',
      '1e125',
    ]
    const bytes = ascending.map((N) => keyBytes({ N: normalizeNumber(N) }))

    expect(bytes.toSorted((a, b) => Buffer.compare(a, b))).toEqual(bytes)
  })
})
