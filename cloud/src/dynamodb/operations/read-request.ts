import {
  conditionOfFilter,
  parseCondition,
  parseProjection,
  projectionOf,
  type Condition,
  type Placeholders,
  type Projection,
} from '../engine/expressions/index.ts'
import { checkKeyPaths } from '../engine/key-paths.ts'
import { pathsOf } from '../engine/reads/filter-paths.ts'
import { checkSelect, type selectionOf } from '../engine/reads/selection.ts'
import type { Table } from '../engine/tables/table.ts'
import type { Item } from '../engine/values/index.ts'
import { placeholdersOf } from './item-requests.ts'

type ReadInput = {
  readonly Select?: Parameters<typeof selectionOf>[1]
  readonly IndexName?: string | undefined
  readonly FilterExpression?: string | undefined
  readonly ConditionalOperator?: 'AND' | 'OR' | undefined
  readonly ProjectionExpression?: string | undefined
  readonly AttributesToGet?: readonly string[] | undefined
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined
  readonly ExpressionAttributeValues?: Item | undefined
}

/** What Query and Scan are to find and to show, from expressions or legacy parameters. */
export type ReadRequest = {
  /** Whose names and values may still be used by more expressions. */
  readonly placeholders: Placeholders
  readonly filter: Condition | undefined
  readonly projection: Projection | undefined
}

/**
 * @param legacyFilter QueryFilter or ScanFilter
 * @throws AwsError ValidationException for a selection that cannot be, or an expression that cannot be read
 */
export function readRequest(
  input: ReadInput,
  legacyFilter: Parameters<typeof conditionOfFilter>[0],
): ReadRequest {
  checkSelect(input.Select, { parameter: attributesParameter(input), indexName: input.IndexName })
  const placeholders = placeholdersOf(input)
  const filter =
    input.FilterExpression === undefined
      ? conditionOfFilter(legacyFilter, input.ConditionalOperator)
      : parseCondition('FilterExpression', input.FilterExpression, placeholders)
  const projection =
    input.ProjectionExpression === undefined
      ? input.AttributesToGet && projectionOf(input.AttributesToGet)
      : parseProjection(input.ProjectionExpression, placeholders)
  return { placeholders, filter, projection }
}

const attributesParameter = (input: ReadInput): string | undefined => {
  if (input.ProjectionExpression !== undefined) return 'ProjectionExpression'
  return input.AttributesToGet === undefined ? undefined : 'AttributesToGet'
}

/** @throws AwsError ValidationException for paths into key attributes */
export const checkReadPaths = (table: Table, { filter, projection }: ReadRequest): void =>
  checkKeyPaths(table, [
    ...(filter === undefined ? [] : pathsOf(filter)),
    ...(projection?.paths ?? []),
  ])
