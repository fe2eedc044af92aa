import { AwsError } from '../../../kernel/index.ts'
import { checkKeyValue, indexEntryKey, itemKey, itemKeyTail } from '../keys.ts'
import type { Index, KeyLayout, KeyPart, Table } from '../tables/table.ts'
import { attributeOf, typeOf, type Item } from '../values/index.ts'

/** What a Query or Scan reads: a table, or one of its indexes. */
export type Source = {
  readonly table: Table
  readonly index: Index | undefined
  readonly key: KeyLayout
  readonly prefix: Buffer
  /** What LastEvaluatedKey and ExclusiveStartKey hold. */
  readonly cursor: readonly KeyPart[]
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message)

/** @throws AwsError ValidationException when there is no such index, or it cannot be read this way */
export function sourceOf(
  table: Table,
  indexName: string | undefined,
  consistentRead: boolean | undefined,
): Source {
  if (indexName === undefined) {
    return {
      table,
      index: undefined,
      key: table.key,
      prefix: table.prefix,
      cursor: table.key.parts,
    }
  }
  const index = table.indexes.find(({ name }) => name === indexName)
  if (index === undefined) {
    throw invalid(`The table does not have the specified index: ${indexName}`)
  }
  if (index.isGlobal && consistentRead === true) {
    throw invalid('Consistent reads are not supported on global secondary indexes')
  }
  if (index.definition.state === 'creating') {
    throw invalid(`Cannot read from backfilling global secondary index: ${indexName}`)
  }
  return { table, index, key: index.key, prefix: index.prefix, cursor: index.cursor }
}

/**
 * The storage key that an ExclusiveStartKey stands for.
 *
 * @param opening what the sentences begin with
 * @throws AwsError ValidationException when it has not exactly the attributes of the source's keys
 */
export function cursorKey(source: Source, startKey: Item): Buffer {
  const { table, index, cursor } = source
  if (Object.keys(startKey).length !== cursor.length) {
    throw invalid('The provided starting key is invalid')
  }
  for (const part of cursor) {
    const value = attributeOf(startKey, part.name)
    if (value === undefined || typeOf(value) !== part.type) {
      throw invalid(
        'The provided starting key is invalid: The provided key element does not match the schema',
      )
    }
    checkKeyValue(
      value,
      part,
      source.key,
      'The provided starting key is invalid: One or more parameter values were invalid: ',
    )
  }
  if (index === undefined) return itemKey(table, startKey)
  const key = indexEntryKey(index, startKey, itemKeyTail(table, startKey))
  if (key === undefined) throw invalid('The provided starting key is invalid')
  return key
}
