import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addNumbers, compareNumbers, normalizeNumber, subtractNumbers } from './number.ts'

/** `coefficient × 10^power` as text and as an exact model: an integer count of 10^-130. */
const number = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
    fc.oneof(fc.integer({ min: -130, max: 87 }), fc.integer({ min: -6, max: 6 })),
  )
  .map(([coefficient, power]) => ({
    text: `${coefficient}e${power}`,
    units: coefficient * 10n ** BigInt(power + 130),
  }))

const unitsOf = (plain: string): bigint => {
  const [whole = '', fraction = ''] = plain.split('.')
  const magnitude = BigInt(whole.replace('-', '') + fraction.padEnd(130, '0'))
  return plain.startsWith('-') ? -magnitude : magnitude
}

const significant = (units: bigint): number =>
  String(units < 0n ? -units : units).replace(/0+$/, '').length

/** The result in units, or that there is none. */
function calculated(a: string, b: string, subtract: boolean): bigint | 'refused' {
  const calculate = subtract ? subtractNumbers : addNumbers
  try {
    return unitsOf(calculate(normalizeNumber(a), normalizeNumber(b)))
  } catch {
    return 'refused'
  }
}

describe('normalizeNumber', () => {
  it.each([
    ['1e2', '100'],
    ['-0', '0'],
    ['0010.50', '10.5'],
    ['+1', '1'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0e999', '0'],
    ['-1.50e1', '-15'],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['9.9999999999999999999999999999999999999e125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
  ])('writes %s as %s', (text, normal) => {
    expect(normalizeNumber(text)).toBe(normal)
  })

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    ['x', 'The parameter cannot be converted to a numeric value: x'],
    ['1e', 'The parameter cannot be converted to a numeric value: 1e'],
    [' 1', 'The parameter cannot be converted to a numeric value:  1'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['1e126', /^Number overflow\. /],
    ['1e999999999999999999999', /^Number overflow\. /],
    ['1e-131', /^Number underflow\. /],
    ['1'.repeat(39), 'Attempting to store more than 38 significant digits in a Number'],
  ])('refuses %s', (text, sentence) => {
    expect(() => normalizeNumber(text)).toThrow(sentence)
  })

  it('keeps the value, and is done once it is done', () => {
    fc.assert(
      fc.property(number, ({ text, units }) => {
        const normal = normalizeNumber(text)
        expect(unitsOf(normal)).toBe(units)
        expect(normalizeNumber(normal)).toBe(normal)
      }),
    )
  })
})

describe('arithmetic', () => {
  it('adds and subtracts exactly, or refuses', () => {
    fc.assert(
      fc.property(number, number, fc.boolean(), (a, b, subtract) => {
        const expected = subtract ? a.units - b.units : a.units + b.units
        const fits = significant(expected) <= 38 && String(expected).replace('-', '').length <= 256

        expect(calculated(a.text, b.text, subtract)).toBe(fits ? expected : 'refused')
      }),
      { numRuns: 500 },
    )
  })

  it('adds small fractions and integers', () => {
    expect(addNumbers('0.1', '0.2')).toBe('0.3')
    expect(addNumbers('999999999999999', '999999999999999')).toBe('1999999999999998')
    expect(subtractNumbers('-5', '-5')).toBe('0')
    expect(subtractNumbers('0', '7')).toBe('-7')
  })
})

describe('compareNumbers', () => {
  it('orders by value', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const order = compareNumbers(normalizeNumber(a.text), normalizeNumber(b.text))
        expect(Math.sign(order)).toBe(a.units < b.units ? -1 : a.units > b.units ? 1 : 0)
      }),
      { numRuns: 500 },
    )
  })
})
