import { boolean, integerOf, optional } from '../../kernel/index.ts'
import {
  checkParameters,
  conditionOfFilter,
  keyConditionOf,
  parseCondition,
  parseKeyCondition,
  parseProjection,
  projectionOf,
  type Condition,
} from '../engine/expressions/index.ts'
import { checkKeyPaths } from '../engine/key-paths.ts'
import { justAfter } from '../engine/layout.ts'
import { pathsOf } from '../engine/reads/filter-paths.ts'
import { partitionRange, queryRange, type KeyRangeBytes } from '../engine/reads/query-range.ts'
import { checkSelect, selectionOf } from '../engine/reads/selection.ts'
import { cursorKey, sourceOf, type Source } from '../engine/reads/source.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { placeholdersOf } from './item-requests.ts'
import { invalid, operation } from './operation.ts'
import { pageAnswer } from './read-page.ts'
import * as shape from './shapes.ts'

export const query = operation('Query', {
  input: {
    Select: shape.select,
    IndexName: optional(shape.indexName),
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    QueryFilter: shape.conditions,
    TableName: shape.tableName,
    ConditionalOperator: shape.conditionalOperator,
    AttributesToGet: shape.attributesToGet,
    Limit: optional(integerOf(1)),
    KeyConditions: shape.conditions,
    ExclusiveStartKey: optional(attributeMap),
    ConsistentRead: shape.consistentRead,
    ScanIndexForward: optional(boolean),
    KeyConditionExpression: shape.expression,
    FilterExpression: shape.expression,
    ProjectionExpression: shape.expression,
    ExpressionAttributeNames: shape.names,
    ExpressionAttributeValues: shape.values,
  },
  run(context, input) {
    checkParameters({
      expressions: {
        ProjectionExpression: input.ProjectionExpression,
        FilterExpression: input.FilterExpression,
        KeyConditionExpression: input.KeyConditionExpression,
      },
      legacy: {
        AttributesToGet: input.AttributesToGet,
        QueryFilter: input.QueryFilter,
        ConditionalOperator: input.ConditionalOperator,
        KeyConditions: input.KeyConditions,
      },
      names: input.ExpressionAttributeNames,
      values: input.ExpressionAttributeValues,
    })
    const startKey =
      input.ExclusiveStartKey === undefined ? undefined : checkItem(input.ExclusiveStartKey)
    const { KeyConditionExpression: keyExpression, KeyConditions: keyConditions } = input
    if (keyExpression === undefined && keyConditions === undefined) {
      throw invalid(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      )
    }
    checkSelect(input.Select, {
      parameter: attributesParameter(input),
      indexName: input.IndexName,
    })
    const placeholders = placeholdersOf(input)
    const filter =
      input.FilterExpression === undefined
        ? conditionOfFilter(input.QueryFilter, input.ConditionalOperator)
        : parseCondition('FilterExpression', input.FilterExpression, placeholders)
    const projection =
      input.ProjectionExpression === undefined
        ? input.AttributesToGet && projectionOf(input.AttributesToGet)
        : parseProjection(input.ProjectionExpression, placeholders)

    const source = sourceOf(
      context.catalog.get(input.TableName),
      input.IndexName,
      input.ConsistentRead,
    )
    const condition =
      keyExpression === undefined
        ? keyConditionOf(keyConditions ?? {}, source.key)
        : parseKeyCondition(keyExpression, placeholders, source.key)
    placeholders.requireAllUsed()
    checkKeyPaths(source.table, [
      ...(filter === undefined ? [] : pathsOf(filter)),
      ...(projection?.paths ?? []),
    ])
    if (filter !== undefined) {
      checkFilter(source, filter, input.FilterExpression === undefined)
    }
    const selection = selectionOf(source, input.Select, projection)
    const whole = queryRange(source.prefix, source.index !== undefined, condition)
    const reverse = input.ScanIndexForward === false
    const range =
      startKey === undefined
        ? whole
        : rangeFrom(cursorKey(source, startKey), whole, {
            partition: partitionRange(source.prefix, condition),
            reverse,
          })
    return pageAnswer(context, source, {
      range: { ...range, reverse },
      selection,
      filter,
      limit: input.Limit,
      consistent: input.ConsistentRead,
      capacity: input.ReturnConsumedCapacity,
    })
  },
})

export const attributesParameter = (input: {
  readonly ProjectionExpression?: string | undefined
  readonly AttributesToGet?: readonly string[] | undefined
}): string | undefined => {
  if (input.ProjectionExpression !== undefined) return 'ProjectionExpression'
  return input.AttributesToGet === undefined ? undefined : 'AttributesToGet'
}

/** A filter of Query must not name the key that is being queried. */
function checkFilter(source: Source, filter: Condition, legacy: boolean): void {
  const heads = new Set(pathsOf(filter).map(([head]) => head))
  for (const { name } of source.key.parts) {
    if (heads.has(name)) {
      throw invalid(
        `${legacy ? 'QueryFilter' : 'Filter Expression'} can only contain non-primary key attributes: Primary key attribute: ${name}`,
      )
    }
  }
}

/** The rest of a range after (or, in reverse, before) a key that must lie in it. */
function rangeFrom(
  cursor: Buffer,
  whole: KeyRangeBytes,
  options: { readonly partition: KeyRangeBytes; readonly reverse: boolean },
): KeyRangeBytes {
  if (!contains(options.partition, cursor)) {
    throw invalid(
      'The provided starting key is outside query boundaries based on provided conditions',
    )
  }
  if (!contains(whole, cursor)) {
    throw invalid('The provided starting key does not match the range key predicate')
  }
  return options.reverse
    ? { from: whole.from, to: cursor }
    : { from: justAfter(cursor), to: whole.to }
}

const contains = (range: KeyRangeBytes, key: Buffer): boolean =>
  Buffer.compare(range.from, key) <= 0 && Buffer.compare(key, range.to) < 0
