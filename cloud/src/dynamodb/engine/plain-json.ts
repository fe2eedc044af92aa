import type { AttributeValue, Item } from './values/index.ts'

/**
 * JSON.stringify of items whose strings are all ASCII and need no escape, straight into a buffer: without the texts between,
 * which V8 would put together, make flat and look through for other characters.
 */

/** How many bytes {@link writePlainMap} writes. */
export function plainMapLength(map: Item): number {
  let length = 0
  for (const name of Object.keys(map)) {
    const value = map[name]
    if (value !== undefined) length += name.length + 4 + plainValueLength(value)
  }
  return length === 0 ? 2 : length + 1
}

function plainValueLength(value: AttributeValue): number {
  if ('S' in value) return 8 + value.S.length
  if ('N' in value) return 8 + value.N.length
  if ('B' in value) return 8 + value.B.length
  if ('M' in value) return 6 + plainMapLength(value.M)
  if ('L' in value) {
    let length = value.L.length === 0 ? 1 : 0
    for (const member of value.L) length += 1 + plainValueLength(member)
    return 7 + length
  }
  return JSON.stringify(value).length
}

/** @returns where it ends */
export function writePlainMap(target: Buffer, start: number, map: Item): number {
  let at = start
  target[at++] = OPENING_BRACE
  for (const name of Object.keys(map)) {
    const value = map[name]
    if (value === undefined) continue
    if (at > start + 1) target[at++] = COMMA
    target[at++] = QUOTE
    at = writeText(target, at, name)
    target[at++] = QUOTE
    target[at++] = COLON
    at = writePlainValue(target, at, value)
  }
  target[at++] = CLOSING_BRACE
  return at
}

function writePlainValue(target: Buffer, start: number, value: AttributeValue): number {
  if ('S' in value) return writeScalar(target, start, LETTER_S, value.S)
  if ('N' in value) return writeScalar(target, start, LETTER_N, value.N)
  if ('B' in value) return writeScalar(target, start, LETTER_B, value.B)
  if ('M' in value) {
    let at = writePlainMap(target, writeType(target, start, LETTER_M), value.M)
    target[at++] = CLOSING_BRACE
    return at
  }
  if ('L' in value) {
    let at = writeType(target, start, LETTER_L)
    target[at++] = OPENING_BRACKET
    for (const [place, member] of value.L.entries()) {
      if (place > 0) target[at++] = COMMA
      at = writePlainValue(target, at, member)
    }
    target[at++] = CLOSING_BRACKET
    target[at++] = CLOSING_BRACE
    return at
  }
  return writeText(target, start, JSON.stringify(value))
}

function writeScalar(target: Buffer, start: number, letter: number, text: string): number {
  let at = writeType(target, start, letter)
  target[at++] = QUOTE
  at = writeText(target, at, text)
  target[at++] = QUOTE
  target[at++] = CLOSING_BRACE
  return at
}

function writeType(target: Buffer, at: number, letter: number): number {
  target[at] = OPENING_BRACE
  target[at + 1] = QUOTE
  target[at + 2] = letter
  target[at + 3] = QUOTE
  target[at + 4] = COLON
  return at + 5
}

function writeText(target: Buffer, at: number, text: string): number {
  const { length } = text
  if (length > shortMax) target.write(text, at, 'latin1')
  else for (let n = 0; n < length; n++) target[at + n] = text.charCodeAt(n)
  return at + length
}

/** A longer text is sooner written by a call of Buffer's. */
const shortMax = 48

const [OPENING_BRACE, CLOSING_BRACE, OPENING_BRACKET, CLOSING_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]
const [QUOTE, COLON, COMMA] = [0x22, 0x3a, 0x2c]
const [LETTER_S, LETTER_N, LETTER_B, LETTER_M, LETTER_L] = [0x53, 0x4e, 0x42, 0x4d, 0x4c]
