import { justAfter } from '../../storage/index.ts'
import { integerOf, optional } from '../../kernel/index.ts'
import { checkParameters } from '../engine/expressions/index.ts'
import { segmentRange } from '../engine/layout.ts'
import { selectionOf } from '../engine/reads/selection.ts'
import { cursorKey, sourceOf, type Source } from '../engine/reads/source.ts'
import { attributeMap, checkItem, type Item } from '../engine/values/index.ts'
import { scanSegmentsMax } from '../limits.ts'
import { invalid, operation } from './operation.ts'
import { pageAnswer } from './read-page.ts'
import { checkReadPaths, readRequest } from './read-request.ts'
import * as shape from './shapes.ts'

export const scan = operation('Scan', {
  input: {
    Select: shape.select,
    IndexName: optional(shape.indexName),
    TotalSegments: optional(integerOf(1, scanSegmentsMax)),
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    TableName: shape.tableName,
    ConditionalOperator: shape.conditionalOperator,
    ScanFilter: shape.conditions,
    Segment: optional(integerOf(0, scanSegmentsMax - 1)),
    Limit: optional(integerOf(1)),
    AttributesToGet: shape.attributesToGet,
    ExclusiveStartKey: optional(attributeMap),
    ConsistentRead: shape.consistentRead,
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
      },
      legacy: {
        AttributesToGet: input.AttributesToGet,
        ScanFilter: input.ScanFilter,
        ConditionalOperator: input.ConditionalOperator,
      },
      names: input.ExpressionAttributeNames,
      values: input.ExpressionAttributeValues,
    })
    const startKey =
      input.ExclusiveStartKey === undefined ? undefined : checkItem(input.ExclusiveStartKey)
    const segments = segmentsOf(input)
    const request = readRequest(input, input.ScanFilter)
    request.placeholders.requireAllUsed()

    const source = sourceOf(
      context.catalog.get(input.TableName),
      input.IndexName,
      input.ConsistentRead,
    )
    checkReadPaths(source.table, request)
    return pageAnswer(context, source, {
      range: rangeOf(source, segments, startKey),
      selection: selectionOf(source, input.Select, request.projection),
      filter: request.filter,
      limit: input.Limit,
      consistent: input.ConsistentRead,
      capacity: input.ReturnConsumedCapacity,
    })
  },
})

type Segments = { readonly segment: number; readonly total: number }

function segmentsOf(input: {
  readonly Segment?: number | undefined
  readonly TotalSegments?: number | undefined
}): Segments {
  const { Segment: segment, TotalSegments: total } = input
  if (segment === undefined && total === undefined) return { segment: 0, total: 1 }
  if (total === undefined) {
    throw invalid(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    )
  }
  if (segment === undefined) {
    throw invalid(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    )
  }
  if (segment >= total) {
    throw invalid(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${segment} is not less than TotalSegments: ${total}`,
    )
  }
  return { segment, total }
}

function rangeOf(source: Source, { segment, total }: Segments, startKey: Item | undefined) {
  const whole = segmentRange(source.prefix, segment, total)
  if (startKey === undefined) return whole
  const cursor = cursorKey(source, startKey)
  if (Buffer.compare(cursor, whole.from) < 0 || Buffer.compare(cursor, whole.to) >= 0) {
    throw invalid(
      `Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${total} Segment: ${segment}`,
    )
  }
  return { from: justAfter(cursor), to: whole.to }
}
