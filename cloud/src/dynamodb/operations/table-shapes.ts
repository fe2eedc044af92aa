import { boolean, integerOf, list, oneOf, optional, structure, text } from '../../kernel/index.ts'
import { globalKeyAttributesMax } from '../limits.ts'
import { indexName } from './shapes.ts'

/** Shapes of CreateTable and UpdateTable. Members stand in AWS's order of complaint (observed). */

export const attributeDefinitions = list(
  structure({ AttributeName: text, AttributeType: oneOf('B', 'N', 'S') }),
)

export const billingMode = optional(oneOf('PROVISIONED', 'PAY_PER_REQUEST'))

export const throughput = structure({
  WriteCapacityUnits: integerOf(1),
  ReadCapacityUnits: integerOf(1),
})

const keyElement = structure({ AttributeName: text, KeyType: oneOf('HASH', 'RANGE') })

export const keySchema = list(keyElement, { min: 1, max: 2 })

const globalKeySchema = list(keyElement, { min: 1, max: 2 * globalKeyAttributesMax })

const projection = structure({
  ProjectionType: optional(oneOf('ALL', 'INCLUDE', 'KEYS_ONLY')),
  NonKeyAttributes: optional(list(text, { min: 1, max: 20 })),
})

/** -1 takes a limit away. */
export const onDemandThroughput = optional(
  structure({
    MaxReadRequestUnits: optional(integerOf(-1)),
    MaxWriteRequestUnits: optional(integerOf(-1)),
  }),
)

export const localIndexes = optional(
  list(structure({ IndexName: indexName, KeySchema: keySchema, Projection: projection })),
)

export const globalIndex = structure({
  IndexName: indexName,
  KeySchema: globalKeySchema,
  Projection: projection,
  ProvisionedThroughput: optional(throughput),
  OnDemandThroughput: onDemandThroughput,
})

export const streamSpecification = optional(
  structure({
    StreamEnabled: boolean,
    StreamViewType: optional(oneOf('NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY')),
  }),
)

export const tableClass = optional(oneOf('STANDARD', 'STANDARD_INFREQUENT_ACCESS'))

export const tags = list(structure({ Key: text, Value: text }))
