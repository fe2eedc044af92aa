import type { ScalarType } from '../values/index.ts'
import { countersKey, indexPrefix, itemPrefix } from '../layout.ts'
import type { IndexDefinition, KeySchemaElement, TableDefinition } from './definition.ts'

export type KeyPart = { readonly name: string; readonly type: ScalarType }

/** A key's attributes. A table has one partition attribute and at most one sort attribute. */
export type KeyLayout = {
  readonly partition: readonly KeyPart[]
  readonly sort: readonly KeyPart[]
  /** Both, in the order of the schema. */
  readonly parts: readonly KeyPart[]
}

/** A table as requests use it: its definition with what can be worked out once. Immutable. */
export type Table = {
  readonly definition: TableDefinition
  readonly name: string
  readonly id: number
  readonly arn: string
  readonly key: KeyLayout
  /** What the keys of its items begin with. */
  readonly prefix: Buffer
  /** Where its counters lie. */
  readonly countersKey: Buffer
  readonly indexes: readonly Index[]
  readonly hasLocalIndexes: boolean
  /** A change of an item changes nothing beside it: no index, expiry or stream. */
  readonly isBare: boolean
}

export type Index = {
  readonly definition: IndexDefinition
  readonly name: string
  readonly slot: number
  readonly isGlobal: boolean
  readonly key: KeyLayout
  readonly prefix: Buffer
  /** The attributes that it holds; undefined: all. */
  readonly projected: ReadonlySet<string> | undefined
  /** The attributes of its key and of the table's: what a LastEvaluatedKey names. */
  readonly cursor: readonly KeyPart[]
}

export function tableOf(definition: TableDefinition, arn: string): Table {
  const types = new Map(definition.attributes.map((a) => [a.AttributeName, a.AttributeType]))
  const key = keyLayout(definition.key, types)
  return {
    definition,
    name: definition.name,
    id: definition.id,
    arn,
    key,
    prefix: itemPrefix(definition.id),
    countersKey: countersKey(definition.id),
    indexes: definition.indexes.map((index) => indexOf(definition.id, index, key, types)),
    hasLocalIndexes: definition.indexes.some((index) => index.kind === 'local'),
    isBare:
      definition.indexes.length === 0 &&
      definition.ttl === undefined &&
      definition.stream === undefined,
  }
}

function keyLayout(
  schema: readonly KeySchemaElement[],
  types: ReadonlyMap<string, ScalarType>,
): KeyLayout {
  const parts = (role: 'HASH' | 'RANGE'): KeyPart[] =>
    schema
      .filter((element) => element.KeyType === role)
      .map(({ AttributeName: name }) => ({ name, type: types.get(name) ?? 'S' }))
  const partition = parts('HASH')
  const sort = parts('RANGE')
  return { partition, sort, parts: [...partition, ...sort] }
}

function indexOf(
  table: number,
  definition: IndexDefinition,
  tableKey: KeyLayout,
  types: ReadonlyMap<string, ScalarType>,
): Index {
  const key = keyLayout(definition.key, types)
  const own = new Set(key.parts.map((part) => part.name))
  const cursor = [...key.parts, ...tableKey.parts.filter((part) => !own.has(part.name))]
  const { ProjectionType, NonKeyAttributes = [] } = definition.projection
  return {
    definition,
    name: definition.name,
    slot: definition.slot,
    isGlobal: definition.kind === 'global',
    key,
    prefix: indexPrefix(table, definition.slot),
    projected:
      ProjectionType === 'ALL'
        ? undefined
        : new Set([...cursor.map((part) => part.name), ...NonKeyAttributes]),
    cursor,
  }
}
