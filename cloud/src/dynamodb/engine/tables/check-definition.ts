import { firstProblem } from '../../../kernel/index.ts'
import {
  capacityUnitsMax,
  globalIndexesPerTableMax,
  globalKeyAttributesMax,
  localIndexesPerTableMax,
  projectedAttributesMax,
} from '../../limits.ts'
import type { AttributeDefinition, KeySchemaElement, Projection } from './definition.ts'

/**
 * The checks of CreateTable in AWS's order, and those that UpdateTable shares. Each answers with AWS's sentence
 * or undefined.
 */
export type ThroughputInput = {
  readonly ReadCapacityUnits: number
  readonly WriteCapacityUnits: number
}

export type IndexInput = {
  readonly IndexName: string
  readonly KeySchema: readonly KeySchemaElement[]
  readonly Projection: {
    readonly ProjectionType?: Projection['ProjectionType'] | undefined
    readonly NonKeyAttributes?: readonly string[] | undefined
  }
  readonly ProvisionedThroughput?: ThroughputInput | undefined
}

export type TableInput = {
  readonly AttributeDefinitions: readonly AttributeDefinition[]
  readonly KeySchema: readonly KeySchemaElement[]
  readonly BillingMode?: 'PROVISIONED' | 'PAY_PER_REQUEST' | undefined
  readonly ProvisionedThroughput?: ThroughputInput | undefined
  readonly LocalSecondaryIndexes?: readonly IndexInput[] | undefined
  readonly GlobalSecondaryIndexes?: readonly IndexInput[] | undefined
}

const invalidParameter = (message: string): string =>
  `One or more parameter values were invalid: ${message}`

export const checkTable = (input: TableInput): string | undefined =>
  firstProblem(checkBilling(input), checkAttributes(input), checkIndexes(input))

function checkBilling(input: TableInput): string | undefined {
  const throughput = input.ProvisionedThroughput
  if (input.BillingMode === 'PAY_PER_REQUEST') {
    return throughput === undefined
      ? undefined
      : invalidParameter(
          'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
        )
  }
  if (throughput === undefined) {
    return invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    )
  }
  return checkUnits(throughput)
}

export function checkUnits(throughput: ThroughputInput): string | undefined {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    if (throughput[name] > capacityUnitsMax) {
      return `Given value ${throughput[name]} for ${name} is out of bounds`
    }
  }
  return undefined
}

function checkAttributes(input: TableInput): string | undefined {
  const defined = input.AttributeDefinitions.map((attribute) => attribute.AttributeName)
  const keys = input.KeySchema.map((element) => element.AttributeName)
  if (keys.length > defined.length) {
    return 'Invalid KeySchema: Some index key attribute have no definition'
  }
  const indexed =
    input.LocalSecondaryIndexes !== undefined || input.GlobalSecondaryIndexes !== undefined
  return firstProblem(
    checkDefined(keys, defined),
    new Set(defined).size === defined.length
      ? undefined
      : invalidParameter(
          `Duplicate AttributeName in AttributeDefinitions: ${duplicateOf(defined)}`,
        ),
    checkKeySchema(input.KeySchema),
    !indexed && keys.length !== defined.length
      ? invalidParameter(
          'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
        )
      : undefined,
  )
}

const duplicateOf = (names: readonly string[]): string =>
  names.find((name, at) => names.indexOf(name) !== at) ?? ''

function checkDefined(keys: readonly string[], defined: readonly string[]): string | undefined {
  return keys.every((key) => defined.includes(key))
    ? undefined
    : invalidParameter(
        'Some index key attributes are not defined in AttributeDefinitions. ' +
          `Keys: [${keys.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
      )
}

export function checkKeySchema(schema: readonly KeySchemaElement[]): string | undefined {
  const [first, second] = schema
  if (first !== undefined && first.AttributeName === second?.AttributeName) {
    return 'Both the Hash Key and the Range Key element in the KeySchema have the same name'
  }
  if (first?.KeyType !== 'HASH') {
    return 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type'
  }
  if (second !== undefined && second.KeyType !== 'RANGE') {
    return 'Invalid KeySchema: The second KeySchemaElement is not a RANGE key type'
  }
  return undefined
}

function checkIndexes(input: TableInput): string | undefined {
  const { LocalSecondaryIndexes: locals, GlobalSecondaryIndexes: globals } = input
  const names = new Set<string>()
  return firstProblem(
    locals === undefined ? undefined : checkLocals(input, locals, names),
    globals === undefined ? undefined : checkGlobals(input, globals, names),
    checkProjectedCount([...(locals ?? []), ...(globals ?? [])]),
    checkAllUsed(input),
  )
}

function checkLocals(
  input: TableInput,
  indexes: readonly IndexInput[],
  names: Set<string>,
): string | undefined {
  if (indexes.length === 0) return invalidParameter('List of LocalSecondaryIndexes is empty')
  if (input.KeySchema.length !== 2) {
    return invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    )
  }
  const tableHash = input.KeySchema[0]?.AttributeName
  for (const index of indexes) {
    const hash = index.KeySchema[0]?.AttributeName
    const problem = firstProblem(
      checkIndexKey(index, input.AttributeDefinitions),
      index.KeySchema.length === 2
        ? undefined
        : invalidParameter(
            `Index KeySchema does not have a range key for index: ${index.IndexName}`,
          ),
      hash === tableHash
        ? undefined
        : invalidParameter(
            'Index KeySchema does not have the same leading hash key as table KeySchema for index: ' +
              `${index.IndexName}. index hash key: ${hash}, table hash key: ${tableHash}`,
          ),
      checkProjection(index),
      checkName(index, names),
    )
    if (problem !== undefined) return problem
  }
  return indexes.length > localIndexesPerTableMax
    ? invalidParameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5')
    : undefined
}

function checkGlobals(
  input: TableInput,
  indexes: readonly IndexInput[],
  names: Set<string>,
): string | undefined {
  if (indexes.length === 0) return invalidParameter('List of GlobalSecondaryIndexes is empty')
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST'
  for (const index of indexes) {
    const problem = firstProblem(
      checkGlobalKey(index, input.AttributeDefinitions),
      checkProjection(index),
      checkIndexThroughput(index, onDemand),
      checkName(index, names),
    )
    if (problem !== undefined) return problem
  }
  return indexes.length > globalIndexesPerTableMax
    ? invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20')
    : undefined
}

export function checkIndexThroughput(index: IndexInput, onDemand: boolean): string | undefined {
  if (onDemand && index.ProvisionedThroughput !== undefined) {
    return invalidParameter(
      `ProvisionedThroughput should not be specified for index: ${index.IndexName} when BillingMode is PAY_PER_REQUEST`,
    )
  }
  if (!onDemand && index.ProvisionedThroughput === undefined) {
    return invalidParameter(`ProvisionedThroughput must be specified for index: ${index.IndexName}`)
  }
  return index.ProvisionedThroughput === undefined
    ? undefined
    : checkUnits(index.ProvisionedThroughput)
}

const checkIndexKey = (
  index: IndexInput,
  attributes: readonly AttributeDefinition[],
): string | undefined =>
  firstProblem(
    checkDefined(
      index.KeySchema.map((element) => element.AttributeName),
      attributes.map((attribute) => attribute.AttributeName),
    ),
    checkKeySchema(index.KeySchema),
  )

/** Up to four partition attributes, then up to four sort attributes, all different. */
export function checkGlobalKey(
  index: IndexInput,
  attributes: readonly AttributeDefinition[],
): string | undefined {
  const { KeySchema: schema } = index
  const sorts = schema.filter(({ KeyType }) => KeyType === 'RANGE').length
  const firstSort = schema.findIndex(({ KeyType }) => KeyType === 'RANGE')
  // A key of one or two attributes has the sentences it always had.
  if (schema.length < 2 || (schema.length === 2 && sorts > 0))
    return checkIndexKey(index, attributes)
  const names = schema.map(({ AttributeName }) => AttributeName)
  const hashes = schema.length - sorts
  const defined = attributes.map((attribute) => attribute.AttributeName)
  if (new Set(names).size < names.length) {
    return invalidParameter(`Duplicate attribute in KeySchema for index: ${index.IndexName}`)
  }
  return firstProblem(
    checkDefined(names, defined),
    hashes === 0
      ? 'Invalid KeySchema: The first KeySchemaElement is not a HASH key type'
      : undefined,
    firstSort >= 0 && firstSort < hashes
      ? invalidParameter(`HASH keys must come before RANGE keys for index: ${index.IndexName}`)
      : undefined,
    Math.max(hashes, sorts) > globalKeyAttributesMax
      ? invalidParameter(
          `A key has at most ${globalKeyAttributesMax} HASH and ${globalKeyAttributesMax} RANGE attributes for index: ${index.IndexName}`,
        )
      : undefined,
  )
}

export function checkProjection(index: IndexInput): string | undefined {
  const { ProjectionType: type, NonKeyAttributes: attributes } = index.Projection
  if (type === undefined) return invalidParameter('Unknown ProjectionType: null')
  if (attributes !== undefined && type !== 'INCLUDE') {
    return invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`)
  }
  if (attributes === undefined && type === 'INCLUDE') {
    return invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is not specified`)
  }
  return undefined
}

function checkName({ IndexName: name }: IndexInput, names: Set<string>): string | undefined {
  if (names.has(name)) return invalidParameter(`Duplicate index name: ${name}`)
  names.add(name)
  return undefined
}

function checkProjectedCount(indexes: readonly IndexInput[]): string | undefined {
  let count = 0
  for (const index of indexes) count += index.Projection.NonKeyAttributes?.length ?? 0
  return count > projectedAttributesMax
    ? invalidParameter(
        `Number of projected attributes across all indexes exceeds the limit of ${projectedAttributesMax}`,
      )
    : undefined
}

function checkAllUsed(input: TableInput): string | undefined {
  const schemas = [
    input.KeySchema,
    ...(input.LocalSecondaryIndexes ?? []).map((index) => index.KeySchema),
    ...(input.GlobalSecondaryIndexes ?? []).map((index) => index.KeySchema),
  ]
  const used = [...new Set(schemas.flat().map((element) => element.AttributeName))]
  const defined = input.AttributeDefinitions.map((attribute) => attribute.AttributeName)
  return defined.every((name) => used.includes(name))
    ? undefined
    : invalidParameter(
        'Some AttributeDefinitions are not used. ' +
          `AttributeDefinitions: [${defined.join(', ')}], keys used: [${used.join(', ')}]`,
      )
}

/** A checked projection. */
export const projectionOf = (input: IndexInput['Projection']): Projection => {
  const { ProjectionType: type, NonKeyAttributes: attributes } = input
  if (type === 'INCLUDE') {
    return { ProjectionType: 'INCLUDE', NonKeyAttributes: attributes ?? [] }
  }
  return { ProjectionType: type === 'KEYS_ONLY' ? 'KEYS_ONLY' : 'ALL' }
}
