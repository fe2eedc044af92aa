import { justAfter } from '../../storage/index.ts'
import { boolean, integerOf, optional } from '../../kernel/index.ts'
import {
  checkParameters,
  keyConditionOf,
  parseKeyCondition,
  type Condition,
} from '../engine/expressions/index.ts'
import { pathsOf } from '../engine/reads/filter-paths.ts'
import { partitionRange, queryRange, type KeyRangeBytes } from '../engine/reads/query-range.ts'
import { selectionOf } from '../engine/reads/selection.ts'
import { cursorKey, sourceOf, type Source } from '../engine/reads/source.ts'
import { attributeMap, checkItem } from '../engine/values/index.ts'
import { invalid, operation } from './operation.ts'
import { pageAnswer } from './read-page.ts'
import { checkReadPaths, readRequest } from './read-request.ts'
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
    const request = readRequest(input, input.QueryFilter)
    const { placeholders, filter } = request
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
    checkReadPaths(source.table, request)
    if (filter !== undefined) {
      checkFilter(source, filter, input.FilterExpression === undefined)
    }
    const selection = selectionOf(source, input.Select, request.projection)
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
      range: { from: range.from, to: range.to, reverse },
      selection,
      filter,
      limit: input.Limit,
      consistent: input.ConsistentRead,
      capacity: input.ReturnConsumedCapacity,
    })
  },
})

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
