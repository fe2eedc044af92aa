import { custom, WrongType, wrongType } from '../../../kernel/index.ts'
import { attributeTypes } from './attribute-value.ts'
import type { AttributeValue, Item } from './attribute-value.ts'
import { nestingLevelsMax } from './limits.ts'

/*
 * The JSON types of attribute values. A body with a wrong one is refused as a whole (SerializationException) before
 * anything else is looked at, so this comes apart from check-item.ts, which knows what the values mean.
 */

/** An attribute value for an operation's input: right JSON types, not yet checked (checkAttributeValue). */
export const attributeValue = custom<AttributeValue>((value) => checkValueTypes(value, 1))

/** Attributes by name for an operation's input: right JSON types, not yet checked (checkItem). */
export const attributeMap = custom<Item>((value) => checkMapTypes(value, 1))

/** Deeper than any item may be: stops the walk; checkItem then tells of the nesting. */
const depthMax = nestingLevelsMax + 3

function checkMapTypes(value: unknown, depth: number): void {
  if (Array.isArray(value)) {
    throw new WrongType(
      'Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>',
    )
  }
  if (value === null || typeof value !== 'object') throw new WrongType('Unexpected field type')
  const members = value as Record<string, unknown> // JSON's object, checked above
  for (const name of Object.keys(members)) checkValueTypes(members[name], depth)
}

function checkValueTypes(value: unknown, depth: number): void {
  if (Array.isArray(value)) {
    throw new WrongType(
      'Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue',
    )
  }
  if (value === null) return // checkItem tells of it as an empty value
  if (typeof value !== 'object') throw new WrongType('Unexpected value type in payload')
  const raw = value as Record<string, unknown> // JSON's object, checked above
  for (const type in raw) {
    const content = raw[type]
    if (content === null || content === undefined) delete raw[type]
    else checkContent(raw, type, content, depth)
  }
}

function checkContent(
  raw: Record<string, unknown>,
  type: string,
  content: unknown,
  depth: number,
): void {
  switch (type) {
    case 'S':
    case 'N':
      return requireText(content)
    case 'B':
      return requireBinary(content)
    case 'BOOL':
    case 'NULL':
      if (typeof content !== 'boolean') raw[type] = booleanOf(content)
      return
    case 'M':
      if (depth < depthMax) checkMapTypes(content, depth + 1)
      return
    case 'L':
      if (depth < depthMax) checkMembers(content, (member) => checkValueTypes(member, depth + 1))
      return
    case 'SS':
    case 'NS':
      return checkMembers(content, requireText)
    case 'BS':
      return checkMembers(content, requireBinary)
    default: {
      // A type that is not AWS's does not count: an AttributeValue of such types alone is an empty one.
      const known: readonly string[] = attributeTypes
      if (!known.includes(type)) delete raw[type]
    }
  }
}

function checkMembers(content: unknown, checkMember: (member: unknown) => void): void {
  if (!Array.isArray(content)) {
    throw new WrongType(
      typeof content === 'object'
        ? 'Start of structure or map found where not expected'
        : 'Unexpected field type',
    )
  }
  for (const member of content) checkMember(member)
}

function requireText(content: unknown): void {
  if (typeof content !== 'string') throw new WrongType(wrongType(content, 'String'))
}

/** The framework reads words for booleans too (observed). */
function booleanOf(content: unknown): boolean {
  if (typeof content !== 'string') throw new WrongType(wrongType(content, 'Boolean'))
  const word = content.toUpperCase()
  if (word === 'TRUE' || word === '1' || word === 'YES') return true
  if (word === 'FALSE' || word === '0' || word === 'NO') return false
  throw new WrongType('Unexpected token received from parser')
}

const base64Text = /^[A-Za-z0-9+/]*={0,2}$/

function requireBinary(content: unknown): void {
  if (typeof content === 'number' || typeof content === 'boolean') {
    throw new WrongType('only base-64-encoded strings are convertible to bytes')
  }
  if (typeof content !== 'string') throw new WrongType(wrongType(content, 'String'))
  if (content.length % 4 !== 0) {
    throw new WrongType(
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${content.length}`,
    )
  }
  if (!base64Text.test(content)) throw new WrongType('Invalid Base64 text')
  if (!endsCleanly(content)) {
    throw new WrongType('Invalid last non-pad Base64 character dectected') // AWS's spelling
  }
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bits that padding leaves over must be zero, so that equal bytes have equal text. */
function endsCleanly(base64: string): boolean {
  if (!base64.endsWith('=')) return true
  const pads = base64.endsWith('==') ? 2 : 1
  const last = base64Digits.indexOf(base64.charAt(base64.length - pads - 1))
  return last % (pads === 2 ? 16 : 4) === 0
}
