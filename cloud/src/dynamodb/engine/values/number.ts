import { AwsError } from '../../../kernel/index.ts'
import { exponentMax, exponentMin, significantDigitsMax } from './limits.ts'

/**
 * A number taken apart: `0.digits × 10^(exponent + 1)`, so `exponent` is the power of ten of the first digit.
 * Digits have no zero at either end; zero has no digits.
 */
export type Decimal = {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

const plainInteger = /^-?[1-9][0-9]{0,37}$/
const anyNumber = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/

/** Up to this many characters two numbers can be compared as doubles: 15 decimal digits survive the way there and back. */
const exactDoubleLength = 15

/**
 * DynamoDB's canonical text of a number: plain digits, no exponent, no needless zero.
 *
 * @throws AwsError ValidationException when it is no number, too precise, too large or too small
 */
export function normalizeNumber(text: string): string {
  if (text === '0' || plainInteger.test(text)) return text
  const decimal = parseNumber(text)
  checkRange(decimal)
  return formatNumber(decimal)
}

/** @throws AwsError ValidationException when the text is no number. The range is not looked at. */
function parseNumber(text: string): Decimal {
  const match = anyNumber.exec(text)
  const whole = match?.[2] ?? ''
  const fraction = match?.[3] ?? ''
  if (match === null || (whole === '' && fraction === '')) {
    throw invalid(
      text === ''
        ? 'The parameter cannot be converted to a numeric value'
        : `The parameter cannot be converted to a numeric value: ${text}`,
    )
  }
  const power = Number(match[4] ?? '0')
  return decimalOf(match[1] === '-', whole + fraction, power - fraction.length)
}

/** A normalised number taken apart: quicker than parsing any number. */
export function partsOf(normal: string): Decimal {
  const negative = normal.charCodeAt(0) === 0x2d
  const magnitude = negative ? normal.slice(1) : normal
  const point = magnitude.indexOf('.')
  if (point === -1) return decimalOf(negative, magnitude, 0)
  const fraction = magnitude.slice(point + 1)
  return decimalOf(negative, magnitude.slice(0, point) + fraction, -fraction.length)
}

/** `coefficient × 10^power`, trimmed. */
function decimalOf(negative: boolean, coefficient: string, power: number): Decimal {
  let from = 0
  let to = coefficient.length
  while (from < to && coefficient.charCodeAt(from) === 0x30) from++
  while (to > from && coefficient.charCodeAt(to - 1) === 0x30) to--
  if (from === to) return { negative: false, digits: '', exponent: 0 }
  return {
    negative,
    digits: coefficient.slice(from, to),
    exponent: coefficient.length - from - 1 + power,
  }
}

function checkRange({ digits, exponent }: Decimal): void {
  if (digits === '') return
  if (exponent > exponentMax) {
    throw invalid(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    )
  }
  if (exponent < exponentMin) {
    throw invalid(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    )
  }
  if (digits.length > significantDigitsMax) {
    throw invalid('Attempting to store more than 38 significant digits in a Number')
  }
}

function formatNumber({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0'
  const sign = negative ? '-' : ''
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const wholeLength = exponent + 1
  if (digits.length <= wholeLength)
    return `${sign}${digits}${'0'.repeat(wholeLength - digits.length)}`
  return `${sign}${digits.slice(0, wholeLength)}.${digits.slice(wholeLength)}`
}

/** Orders two normalised numbers by value: negative, zero or positive. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0
  if (left.length <= exactDoubleLength && right.length <= exactDoubleLength) {
    return Number(left) - Number(right)
  }
  const a = partsOf(left)
  const b = partsOf(right)
  const signs = sign(a) - sign(b)
  if (signs !== 0) return signs
  return a.negative ? compareMagnitudes(b, a) : compareMagnitudes(a, b)
}

const sign = (decimal: Decimal): number => (decimal.digits === '' ? 0 : decimal.negative ? -1 : 1)

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.exponent !== b.exponent) return a.exponent - b.exponent
  // Without trailing zeros, the text order of digits is their order by value.
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0
}

/**
 * The exact sum of two normalised numbers.
 *
 * @throws AwsError ValidationException when the result needs more than 38 digits or leaves the range
 */
export function addNumbers(left: string, right: string): string {
  if (left.length <= exactDoubleLength && right.length <= exactDoubleLength) {
    const a = Number(left)
    const b = Number(right)
    if (Number.isInteger(a) && Number.isInteger(b)) return String(a + b)
  }
  const a = partsOf(left)
  const b = partsOf(right)
  const lowest = Math.min(lastPower(a), lastPower(b))
  const sum = scaled(a, lowest) + scaled(b, lowest)
  const text = (sum < 0n ? -sum : sum).toString()
  const result = decimalOf(sum < 0n, text, lowest)
  checkRange(result)
  return formatNumber(result)
}

/** The exact difference; as {@link addNumbers}. */
export const subtractNumbers = (left: string, right: string): string =>
  addNumbers(left, right === '0' ? right : right.startsWith('-') ? right.slice(1) : `-${right}`)

/** The power of ten of the last digit. */
const lastPower = (decimal: Decimal): number => decimal.exponent - decimal.digits.length + 1

function scaled(decimal: Decimal, lowest: number): bigint {
  if (decimal.digits === '') return 0n
  const magnitude = BigInt(decimal.digits + '0'.repeat(lastPower(decimal) - lowest))
  return decimal.negative ? -magnitude : magnitude
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)
