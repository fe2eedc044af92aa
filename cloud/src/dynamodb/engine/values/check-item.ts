import { AwsError } from '../../../kernel/index.ts'
import { attributeTypes, setAttribute } from './attribute-value.ts'
import type { AttributeType, AttributeValue, Item, MutableItem } from './attribute-value.ts'
import { nestingLevelsMax } from './limits.ts'
import { normalizeNumber } from './number.ts'

const types = new Set<string>(attributeTypes)
const isType = (name: string): name is AttributeType => types.has(name)

/** A value whose JSON types are known to be right ({@link attributeValue} in shapes.ts), and no more than that. */
type Raw = Readonly<Partial<Record<AttributeType, unknown>>>

/**
 * Checks an item, normalises its numbers. What needs no change is returned as it came, nothing is changed
 * in place.
 *
 * @param value attributes of the right JSON types: what the shape `attributeMap` let through
 * @throws AwsError ValidationException with DynamoDB's sentence
 */
export function checkItem(value: Item): Item {
  return checkMap(value, 1)
}

/** Checks one value; as {@link checkItem}. */
export function checkAttributeValue(value: AttributeValue): AttributeValue {
  return check(value, 1)
}

function check(value: AttributeValue, depth: number): AttributeValue {
  const type = onlyType(value)
  if ('S' in value || 'BOOL' in value || 'B' in value) return value
  if ('N' in value) {
    const normal = normalizeNumber(value.N)
    return normal === value.N ? value : { N: normal }
  }
  if ('NULL' in value) {
    if (!value.NULL)
      throw invalidParameter('Null attribute value types must have the value of true')
    return value
  }
  if ('M' in value) {
    const members = checkMap(value.M, nested(depth))
    return members === value.M ? value : { M: members }
  }
  if ('L' in value) {
    const members = checkList(value.L, nested(depth))
    return members === value.L ? value : { L: members }
  }
  return checkSet(value, type)
}

/** The one datatype of a value. The order of complaints was observed: the content is looked at before the count. */
function onlyType(value: Raw): AttributeType {
  let found: AttributeType | undefined
  let several = false
  for (const name in value) {
    if (!isType(name) || value[name] === null || value[name] === undefined) continue
    if (found === undefined) found = name
    else several = true
  }
  if (found === undefined) {
    throw invalid(
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    )
  }
  if (several) {
    for (const name of attributeTypes) {
      const content = value[name]
      if (content !== undefined && content !== null) check({ [name]: content } as AttributeValue, 1) // one type of right content
    }
    throw invalid(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    )
  }
  return found
}

function nested(depth: number): number {
  if (depth >= nestingLevelsMax) {
    throw invalid(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    )
  }
  return depth + 1
}

function checkMap(members: Item, depth: number): Item {
  let changed: MutableItem | undefined
  for (const name of Object.keys(members)) {
    const member = members[name]
    if (member === undefined) continue
    if (name === '') throw invalid('Empty attribute name')
    const checked = check(member, depth)
    if (checked !== member) {
      changed ??= { ...members }
      setAttribute(changed, name, checked)
    }
  }
  return changed ?? members
}

function checkList(members: readonly AttributeValue[], depth: number): readonly AttributeValue[] {
  let changed: AttributeValue[] | undefined
  for (let index = 0; index < members.length; index++) {
    const member = members[index]
    if (member === undefined) continue
    const checked = check(member, depth)
    if (checked !== member) {
      changed ??= [...members]
      changed[index] = checked
    }
  }
  return changed ?? members
}

function checkSet(
  value: Extract<AttributeValue, { SS: unknown } | { NS: unknown } | { BS: unknown }>,
  type: AttributeType,
): AttributeValue {
  if ('SS' in value) {
    if (value.SS.length === 0) throw invalidParameter('An string set  may not be empty')
    if (hasDuplicates(value.SS)) {
      throw invalidParameter(`Input collection [${value.SS.join(', ')}] contains duplicates.`)
    }
    return value
  }
  if ('NS' in value) {
    if (value.NS.length === 0) throw invalidParameter('An number set  may not be empty')
    const normal = value.NS.map(normalizeNumber)
    if (hasDuplicates(normal)) throw invalid('Input collection contains duplicates')
    return normal.every((member, index) => member === value.NS[index]) ? value : { NS: normal }
  }
  if (value.BS.length === 0) throw invalidParameter('Binary sets should not be empty')
  if (hasDuplicates(value.BS)) {
    throw invalidParameter(
      `Input collection [${value.BS.join(', ')}]of type ${type} contains duplicates.`,
    )
  }
  return value
}

const hasDuplicates = (members: readonly string[]): boolean =>
  members.length > 1 && new Set(members).size !== members.length

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)
const invalidParameter = (message: string): AwsError =>
  invalid(`One or more parameter values were invalid: ${message}`)
