import type { AttributeValue, Item } from './attribute-value.ts'
import { attributeOf } from './attribute-value.ts'
import { compareNumbers } from './number.ts'

/**
 * Equality of checked values: same type, numbers by value, lists in order, maps by key, sets whatever
 * their order. Numbers are normalised, so equal numbers have equal text.
 */
export function equals(a: AttributeValue, b: AttributeValue): boolean {
  if ('S' in a) return 'S' in b && a.S === b.S
  if ('N' in a) return 'N' in b && a.N === b.N
  if ('B' in a) return 'B' in b && a.B === b.B
  if ('BOOL' in a) return 'BOOL' in b && a.BOOL === b.BOOL
  if ('NULL' in a) return 'NULL' in b
  if ('M' in a) return 'M' in b && equalMaps(a.M, b.M)
  if ('L' in a) return 'L' in b && equalLists(a.L, b.L)
  if ('SS' in a) return 'SS' in b && equalSets(a.SS, b.SS)
  if ('NS' in a) return 'NS' in b && equalSets(a.NS, b.NS)
  return 'BS' in b && equalSets(a.BS, b.BS)
}

function equalLists(a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean {
  return (
    a.length === b.length &&
    a.every((member, index) => {
      const other = b[index]
      return other !== undefined && equals(member, other)
    })
  )
}

function equalMaps(a: Item, b: Item): boolean {
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const left = attributeOf(a, name)
      const right = attributeOf(b, name)
      return left !== undefined && right !== undefined && equals(left, right)
    })
  )
}

function equalSets(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  const members = new Set(b)
  return a.every((member) => members.has(member))
}

/**
 * The order of two values of one scalar type (negative, zero, positive): text by its UTF-8 bytes, numbers by
 * value, binary by unsigned bytes. Undefined when they have no order: other types, or two different ones.
 */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ('S' in a) return 'S' in b ? compareText(a.S, b.S) : undefined
  if ('N' in a) return 'N' in b ? compareNumbers(a.N, b.N) : undefined
  if ('B' in a && 'B' in b) {
    return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'))
  }
  return undefined
}

const surrogateFirst = 0xd800

/** Orders text by its UTF-8 bytes. JavaScript's own order differs only where surrogate pairs meet U+E000 to U+FFFF. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) {
      if (left >= surrogateFirst && right >= surrogateFirst) {
        return Buffer.compare(Buffer.from(a), Buffer.from(b))
      }
      return left - right
    }
  }
  return a.length - b.length
}
