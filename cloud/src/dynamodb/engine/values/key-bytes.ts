import type { AttributeValue } from './attribute-value.ts'
import { partsOf } from './number.ts'
import { exponentMin } from './limits.ts'

/*
 * Keys as bytes whose order is DynamoDB's order of the values.
 *
 *   S   the UTF-8 bytes
 *   B   the bytes
 *   N   negative  01  ~(exponent + 130)  ~(pair + 1) …  FF     pairs: the digits, two to a byte
 *       zero      02
 *       positive  03   exponent + 130     pair + 1  …
 *
 * A component that another one follows is escaped, so that a shorter one sorts before a longer one that begins
 * with it: every 00 becomes 00 FF, and 00 01 ends it.
 */

const negativeMark = 0x01
const zeroMark = 0x02
const positiveMark = 0x03
const negativeEnd = 0xff
const escapedZero = 0xff
const componentEnd = 0x01

/** A key attribute's bytes, for the last component of a key. The value is S, N or B. */
export function keyBytes(value: AttributeValue): Buffer {
  if ('S' in value) return Buffer.from(value.S, 'utf8')
  if ('B' in value) return Buffer.from(value.B, 'base64')
  const bytes = Buffer.allocUnsafe(numberBytesMax)
  return bytes.subarray(0, writeKeyBytes(bytes, 0, value))
}

/**
 * Writes a key attribute's bytes into a buffer that has room for them: three for each character of a string.
 *
 * @returns where they end
 */
export function writeKeyBytes(target: Buffer, at: number, value: AttributeValue): number {
  if ('S' in value) return writeText(target, at, value.S)
  if ('N' in value) return writeNumber(target, at, value.N)
  if ('B' in value) return at + target.write(value.B, at, 'base64')
  throw new TypeError('A key attribute is a string, a number or binary')
}

function writeText(target: Buffer, start: number, text: string): number {
  const { length } = text
  if (length > shortMax) return start + target.write(text, start)
  // Most keys are a few ASCII characters: a call of Buffer's takes longer.
  for (let n = 0; n < length; n++) {
    const code = text.charCodeAt(n)
    if (code > ASCII_MAX) return start + target.write(text, start)
    target[start + n] = code
  }
  return start + length
}

const shortMax = 48
const ASCII_MAX = 0x7f
/** A mark, an exponent, 19 pairs of digits and an end. */
const numberBytesMax = 22

/** A key attribute's bytes, escaped and ended, for a component that another one follows. */
export function escapedKeyBytes(value: AttributeValue): Buffer {
  const plain = keyBytes(value)
  let zeros = 0
  for (const byte of plain) if (byte === 0) zeros++
  const escaped = Buffer.allocUnsafe(plain.length + zeros + 2)
  let at = 0
  for (const byte of plain) {
    escaped[at++] = byte
    if (byte === 0) escaped[at++] = escapedZero
  }
  escaped[at++] = 0
  escaped[at] = componentEnd
  return escaped
}

const noBytes = Buffer.alloc(0)

/** Components as one key: all but the last escaped; of none, no bytes. */
export function compositeKeyBytes(values: readonly AttributeValue[]): Buffer {
  const [first] = values
  if (first === undefined) return noBytes
  if (values.length === 1) return keyBytes(first)
  return Buffer.concat(
    values.map((value, index) =>
      index === values.length - 1 ? keyBytes(value) : escapedKeyBytes(value),
    ),
  )
}

function writeNumber(target: Buffer, start: number, text: string): number {
  const { negative, digits, exponent } = partsOf(text)
  if (digits === '') {
    target[start] = zeroMark
    return start + 1
  }
  const invert = negative ? 0xff : 0
  let at = start
  target[at++] = negative ? negativeMark : positiveMark
  target[at++] = (exponent - exponentMin) ^ invert
  for (let digit = 0; digit < digits.length; digit += 2) {
    const tens = digits.charCodeAt(digit) - 0x30
    const ones = digit + 1 < digits.length ? digits.charCodeAt(digit + 1) - 0x30 : 0
    target[at++] = (tens * 10 + ones + 1) ^ invert
  }
  if (negative) target[at++] = negativeEnd
  return at
}
