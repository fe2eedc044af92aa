import type { Item, Path, Value } from './commands.ts'
import { readNumber, writeNumber } from './decimal.ts'

/** What the model knows of values: plain and slow. */

/** A value as DynamoDB keeps it: numbers in plain digits. */
export function normal(value: Value): Value {
  if ('N' in value) return { N: writeNumber(readNumber(value.N)) }
  if ('NS' in value) return { NS: value.NS.map((each) => writeNumber(readNumber(each))) }
  if ('L' in value) return { L: value.L.map(normal) }
  if ('M' in value) return { M: normalItem(value.M) }
  return value
}

/** `Object.fromEntries` keeps an attribute called `__proto__`. */
export const normalItem = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, normal(value)]))

/** A text that is the same for equal values: members of maps and sets in order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).map(([name, member]): [string, unknown] =>
    ['SS', 'NS', 'BS'].includes(name) && Array.isArray(member)
      ? [name, member.map(String).sort()]
      : [name, member],
  )
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

export const same = (one: Value, two: Value): boolean => canonical(one) === canonical(two)

export const get = (item: Item, name: string): Value | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined

export const typeOf = (value: Value): string => Object.keys(value)[0] ?? ''

export function at(item: Item, path: Path): Value | undefined {
  return path.reduce<Value | undefined>(
    (value, step) => (value === undefined ? undefined : memberAt(value, step)),
    { M: item },
  )
}

function memberAt(value: Value, step: string | number): Value | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined
  return 'M' in value ? get(value.M, step) : undefined
}

/** The parts of an item at some paths with different heads. */
export function project(item: Item, paths: readonly Path[]): Item {
  const kept: [string, Value][] = []
  for (const path of paths) {
    const value = at(item, path)
    const [head, ...rest] = path
    if (value === undefined || typeof head !== 'string') continue
    const wrapped = rest.reduceRight<Value>(
      (inner, step) =>
        typeof step === 'number' ? { L: [inner] } : { M: Object.fromEntries([[step, inner]]) },
      value,
    )
    kept.push([head, wrapped])
  }
  return Object.fromEntries(kept)
}

/** "DynamoDB item sizes": names, and values by their type. */
export const sizeOfItem = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value),
    0,
  )

function sizeOfValue(value: Value): number {
  if ('S' in value) return Buffer.byteLength(value.S)
  if ('N' in value) return sizeOfNumber(value.N)
  if ('B' in value) return Buffer.from(value.B, 'base64').length
  if ('BOOL' in value || 'NULL' in value) return 1
  if ('SS' in value) return value.SS.reduce((sum, each) => sum + Buffer.byteLength(each), 0)
  if ('NS' in value) return value.NS.reduce((sum, each) => sum + sizeOfNumber(each), 0)
  if ('BS' in value) {
    return value.BS.reduce((sum, each) => sum + Buffer.from(each, 'base64').length, 0)
  }
  if ('L' in value) {
    return 3 + value.L.reduce((sum, each) => sum + 1 + sizeOfValue(each), 0)
  }
  return (
    3 +
    Object.entries(value.M).reduce(
      (sum, [name, each]) => sum + 1 + Buffer.byteLength(name) + sizeOfValue(each),
      0,
    )
  )
}

/** Two digits a byte, counted from the decimal point; one byte more, and one for a minus. */
function sizeOfNumber(text: string): number {
  if (text === '0') return 1
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const even = (digits: string, pad: (length: number) => string): string =>
    pad(digits.length + (digits.length % 2))
  const padded =
    even(whole, (length) => whole.padStart(length, '0')) +
    even(fraction, (length) => fraction.padEnd(length, '0'))
  const pairs = padded.match(/../g) ?? []
  const used = pairs
    .join(' ')
    .replace(/^(00 ?)+/, '')
    .replace(/( ?00)+$/, '')
  return used.split(' ').length + 1 + (text.startsWith('-') ? 1 : 0)
}
