import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json'

/** Text in which some number may have more digits than a double keeps, or an exponent. */
const MAY_LOSE_DIGITS = /\d[\d.]{15}|\d[eE]/
const EXACT_DIGITS_MAX = 15

/**
 * The JSON value of `text`. Under `exact`, a number that a double would change stays as its own digits
 * (a LosslessNumber); any other is a plain number, whose `String()` has the same decimal value.
 * Throws a SyntaxError.
 */
export function parseJson(text: string, numbers: 'exact' | 'double'): unknown {
  if (numbers === 'double' || !MAY_LOSE_DIGITS.test(text)) return JSON.parse(text)
  return parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
}

function parseNumber(digits: string): number | LosslessNumber {
  const plain = !/[eE]/.test(digits) && digits.replace(/[-.]/g, '').length <= EXACT_DIGITS_MAX
  return plain ? Number(digits) : new LosslessNumber(digits)
}

/** JSON text; LosslessNumbers and bigints are written with all their digits. */
export function writeJson(value: unknown, numbers: 'exact' | 'double'): string {
  const text = numbers === 'exact' ? stringify(value) : JSON.stringify(value)
  return text ?? 'null'
}

/** The decimal digits of a number that {@link parseJson} gave, undefined for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'bigint') return value.toString()
  return isLosslessNumber(value) ? value.value : undefined
}
