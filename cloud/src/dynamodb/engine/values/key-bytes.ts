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
  if ('N' in value) return numberBytes(value.N)
  if ('B' in value) return Buffer.from(value.B, 'base64')
  throw new TypeError('A key attribute is a string, a number or binary')
}

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

function numberBytes(text: string): Buffer {
  const { negative, digits, exponent } = partsOf(text)
  if (digits === '') return Buffer.of(zeroMark)
  const pairs = (digits.length + 1) >> 1
  const bytes = Buffer.allocUnsafe(2 + pairs + (negative ? 1 : 0))
  const invert = negative ? 0xff : 0
  bytes[0] = negative ? negativeMark : positiveMark
  bytes[1] = (exponent - exponentMin) ^ invert
  for (let pair = 0; pair < pairs; pair++) {
    const tens = digits.charCodeAt(2 * pair) - 0x30
    const ones = 2 * pair + 1 < digits.length ? digits.charCodeAt(2 * pair + 1) - 0x30 : 0
    bytes[2 + pair] = (tens * 10 + ones + 1) ^ invert
  }
  if (negative) bytes[2 + pairs] = negativeEnd
  return bytes
}
