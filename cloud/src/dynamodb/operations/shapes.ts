import {
  boolean,
  checkShape,
  custom,
  list,
  map,
  oneOf,
  optional,
  structure,
  text,
  textOf,
} from '../../kernel/index.ts'
import { attributeMap, attributeValue } from '../engine/values/index.ts'
import { tableNameLengthMax, tableNameLengthMin } from '../limits.ts'

/** Shapes that several operations share. Members stand in AWS's order of complaint (observed). */

const namePattern = '[a-zA-Z0-9_.-]+'

export const plainTableName = textOf({
  pattern: namePattern,
  min: tableNameLengthMin,
  max: tableNameLengthMax,
})

/** A table's name or ARN, as operations on items take it. */
export const tableName = custom<string>((value, path, problems) => {
  if (typeof value === 'string' && value.startsWith('arn:')) return
  checkShape(plainTableName, value, path, problems)
})

/** As operations on tables take it: see `namedTable` for its length. */
export const tableNameOnly = custom<string>((value, path, problems) => {
  if (typeof value === 'string' && value.startsWith('arn:')) return
  checkShape(textOf({ pattern: namePattern }), value, path, problems)
})

export const indexName = textOf({
  pattern: namePattern,
  min: tableNameLengthMin,
  max: tableNameLengthMax,
})

export const returnConsumedCapacity = optional(oneOf('INDEXES', 'TOTAL', 'NONE'))
export const returnItemCollectionMetrics = optional(oneOf('SIZE', 'NONE'))
export const returnValuesOnFailure = optional(oneOf('ALL_OLD', 'NONE'))
export const returnValues = optional(
  oneOf('ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'),
)
export const select = optional(
  oneOf('SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'),
)

export const expression = optional(text)
export const names = optional(map(text))
export const values = optional(attributeMap)
export const consistentRead = optional(boolean)

export const comparisonOperator = oneOf(
  ...(['IN', 'NULL', 'BETWEEN', 'LT', 'NOT_CONTAINS', 'EQ', 'GT', 'NOT_NULL'] as const),
  ...(['NE', 'LE', 'BEGINS_WITH', 'GE', 'CONTAINS'] as const),
)

/** The legacy parameters ("Legacy DynamoDB conditional parameters"). */
export const conditionalOperator = optional(oneOf('OR', 'AND'))
export const attributesToGet = optional(list(text, { min: 1, max: 255 }))
export const conditions = optional(
  map(
    structure({
      AttributeValueList: optional(list(attributeValue)),
      ComparisonOperator: comparisonOperator,
    }),
  ),
)
export const expected = optional(
  map(
    structure({
      AttributeValueList: optional(list(attributeValue)),
      ComparisonOperator: optional(comparisonOperator),
      Exists: optional(boolean),
      Value: optional(attributeValue),
    }),
  ),
)
export const attributeUpdates = optional(
  map(
    structure({
      Value: optional(attributeValue),
      Action: optional(oneOf('DELETE', 'PUT', 'ADD')),
    }),
  ),
)
