import { AwsError } from '../../kernel/index.ts'
import { partitionKeyBytesMax, sortKeyBytesMax } from '../limits.ts'
import { partitionLength, writePartition } from './layout.ts'
import type { Index, KeyLayout, KeyPart, Table } from './tables/table.ts'
import {
  attributeOf,
  binarySize,
  compositeKeyBytes,
  escapedKeyBytes,
  setAttribute,
  typeOf,
  writeKeyBytes,
  type AttributeValue,
  type Item,
  type MutableItem,
} from './values/index.ts'

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/** Said of a Key that has other attributes or types than the table's. */
export const keyMismatch = (): AwsError =>
  invalid('The provided key element does not match the schema')

/**
 * Checks a request's Key against the table and answers with it.
 *
 * @throws AwsError ValidationException
 */
export function checkKey(table: Table, key: Item): Item {
  const { parts } = table.key
  if (Object.keys(key).length !== parts.length) throw keyMismatch()
  for (const part of parts) {
    const value = attributeOf(key, part.name)
    if (value === undefined || typeOf(value) !== part.type) throw keyMismatch()
    checkKeyValue(value, part, table.key, 'One or more parameter values were invalid: ')
  }
  return key
}

/**
 * Checks an item's key attributes, and the types of those that are index keys.
 *
 * @throws AwsError ValidationException
 */
export function checkItemKeys(table: Table, item: Item): void {
  for (const part of table.key.parts) {
    const value = attributeOf(item, part.name)
    if (value === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Missing the key ${part.name} in the item`,
      )
    }
    if (typeOf(value) !== part.type) {
      throw invalid(
        'One or more parameter values were invalid: ' +
          `Type mismatch for key ${part.name} expected: ${part.type} actual: ${typeOf(value)}`,
      )
    }
    checkKeyValue(value, part, table.key, 'One or more parameter values are not valid. ')
  }
  checkIndexKeys(table, item)
}

/** An attribute that is an index's key must have its type, be no empty text, and not be too long. */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes) {
    for (const part of index.key.parts) {
      const value = attributeOf(item, part.name)
      if (value === undefined) continue
      if (typeOf(value) !== part.type) {
        throw invalid(
          'One or more parameter values were invalid: Type mismatch for Index Key ' +
            `${part.name} Expected: ${part.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
        )
      }
      checkIndexKeyValue(value, part, index)
    }
    if (index.key.parts.length > 2) checkTogether(index, item)
  }
}

/** The attributes of a key are measured together. */
function checkTogether({ key }: Index, item: Item): void {
  for (const parts of [key.partition, key.sort]) {
    const [first] = parts
    const bytes = (keyValues(parts, item) ?? []).reduce((sum, each) => sum + keyValueBytes(each), 0)
    if (first !== undefined) checkKeyLength(bytes, { ...first, type: 'B' }, key, parts)
  }
}

function checkIndexKeyValue(value: AttributeValue, part: KeyPart, index: Index): void {
  const bytes = keyValueBytes(value)
  if (bytes === 0) {
    throw invalid(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${part.type === 'B' ? 'binary' : 'string'} value. ` +
        `IndexName: ${index.name}, IndexKey: ${part.name}`,
    )
  }
  checkKeyLength(bytes, part, index.key)
}

/** @param opening AWS opens this sentence in two ways */
export function checkKeyValue(
  value: AttributeValue,
  part: KeyPart,
  layout: KeyLayout,
  opening: string,
): void {
  const bytes = keyValueBytes(value)
  if (bytes === 0) {
    throw invalid(
      `${opening}The AttributeValue for a key attribute cannot contain an empty ` +
        `${part.type === 'B' ? 'binary' : 'string'} value. Key: ${part.name}`,
    )
  }
  checkKeyLength(bytes, part, layout)
}

function checkKeyLength(
  bytes: number,
  part: KeyPart,
  layout: KeyLayout,
  parts: readonly KeyPart[] = layout.partition.includes(part) ? layout.partition : layout.sort,
): void {
  if (part.type === 'N') return
  if (parts === layout.partition) {
    if (bytes > partitionKeyBytesMax) {
      throw invalid(
        'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
      )
    }
  } else if (bytes > sortKeyBytesMax) {
    throw invalid(
      'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    )
  }
}

function keyValueBytes(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S)
  if ('B' in value) return binarySize(value.B)
  return 1
}

/** The values of some key attributes, or undefined when one is missing or of another type. */
function keyValues(parts: readonly KeyPart[], item: Item): AttributeValue[] | undefined {
  const values: AttributeValue[] = []
  for (const part of parts) {
    const value = attributeOf(item, part.name)
    if (value === undefined || typeOf(value) !== part.type) return undefined
    values.push(value)
  }
  return values
}

/** What the storage keys of a partition begin with, after the prefix of their table or index. */
export function partitionOf(values: readonly AttributeValue[]): Buffer {
  const key = compositeKeyBytes(values)
  const partition = Buffer.allocUnsafe(partitionLength(key.length))
  writePartition(partition, 0, key)
  return partition
}

/** The storage key of an item from its checked key attributes (other attributes may be there too). */
export function itemKey(table: Table, item: Item): Buffer {
  const { prefix } = table
  const [partition] = table.key.partition
  const [sort] = table.key.sort
  // Put together in memory that is used again and again, since every request for an item comes by.
  const middle = writeKeyPart(0, partition, item)
  const end = sort === undefined ? middle : writeKeyPart(middle, sort, item)
  const key = Buffer.allocUnsafe(prefix.length + partitionLength(middle) + end - middle)
  key.set(prefix)
  let at = writePartition(key, prefix.length, scratch, middle)
  for (let from = middle; from < end; from++) key[at++] = scratch[from] ?? 0
  return key
}

/** @returns where it ends in `scratch` */
function writeKeyPart(at: number, part: KeyPart | undefined, item: Item): number {
  const value = part && attributeOf(item, part.name)
  if (value === undefined || typeOf(value) !== part?.type) throw keyMismatch()
  return writeKeyBytes(scratch, at, value)
}

/** Room for a partition and a sort key. */
const scratch = Buffer.allocUnsafeSlow(3 * (partitionKeyBytesMax + sortKeyBytesMax))

/** The storage key after the table's prefix. */
export const itemKeyTail = (table: Table, item: Item): Buffer =>
  itemKey(table, item).subarray(table.prefix.length)

/** The storage key of an item's entry in an index; undefined when it has none (a sparse index). */
export function indexEntryKey(index: Index, item: Item, itemTail: Buffer): Buffer | undefined {
  const partition = keyValues(index.key.partition, item)
  const sort = keyValues(index.key.sort, item)
  if (partition === undefined || sort === undefined) return undefined
  return Buffer.concat([
    index.prefix,
    partitionOf(partition),
    ...sort.map((value) => escapedKeyBytes(value)),
    itemTail,
  ])
}

/** Some attributes of an item, in the order asked for: a Key, a LastEvaluatedKey. */
export function pick(parts: readonly KeyPart[], item: Item): Item {
  const picked: MutableItem = {}
  for (const { name } of parts) {
    const value = attributeOf(item, name)
    if (value !== undefined) setAttribute(picked, name, value)
  }
  return picked
}
