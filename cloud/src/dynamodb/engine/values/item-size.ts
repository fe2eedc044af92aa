import type { AttributeValue, Item } from './attribute-value.ts'
import { partsOf } from './number.ts'

/*
 * Sizes in bytes; AWS page "DynamoDB item sizes and formats". The page's "approximately" for numbers is made exact by
 * what production was observed to bill: two digits a byte counted from the decimal point, one byte more, one
 * more for a sign.
 */

const collectionOverheadBytes = 3
const memberOverheadBytes = 1

/** The size that the 400 KB limit, capacity units and page limits are counted in: names and values. */
export function itemSize(item: Item): number {
  let size = 0
  for (const name of Object.keys(item)) {
    const value = item[name]
    if (value !== undefined) size += textSize(name) + valueSize(value)
  }
  return size
}

/** One value without its name. */
export function valueSize(value: AttributeValue): number {
  if ('S' in value) return textSize(value.S)
  if ('N' in value) return numberSize(value.N)
  if ('B' in value) return binarySize(value.B)
  if ('BOOL' in value || 'NULL' in value) return 1
  if ('M' in value) {
    const members = Object.keys(value.M).length
    return collectionOverheadBytes + members * memberOverheadBytes + itemSize(value.M)
  }
  if ('L' in value) {
    let size = collectionOverheadBytes
    for (const member of value.L) size += memberOverheadBytes + valueSize(member)
    return size
  }
  if ('SS' in value) return sum(value.SS, textSize)
  if ('NS' in value) return sum(value.NS, numberSize)
  return sum(value.BS, binarySize)
}

const textSize = (text: string): number => Buffer.byteLength(text, 'utf8')

/** The length of what base64 text stands for. */
export function binarySize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return (base64.length / 4) * 3 - padding
}

function numberSize(text: string): number {
  const { negative, digits, exponent } = partsOf(text)
  if (digits === '') return 1
  const straddles = digits.length % 2 === 0 && exponent % 2 === 0
  return 1 + Math.ceil(digits.length / 2) + (straddles ? 1 : 0) + (negative ? 1 : 0)
}

function sum(members: readonly string[], size: (member: string) => number): number {
  let total = 0
  for (const member of members) total += size(member)
  return total
}
