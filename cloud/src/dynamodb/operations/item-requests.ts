import {
  checkParameters,
  conditionOfExpected,
  parseCondition,
  parseProjection,
  parseUpdate,
  Placeholders,
  projectionOf,
  updateOf,
  type Condition,
  type Projection,
  type Update,
} from '../engine/expressions/index.ts'
import type { Item } from '../engine/values/index.ts'

/** From an input's parameters, expressions or legacy ones, to what the engine runs. */

type Names = Readonly<Record<string, string>> | undefined

type ConditionInput = {
  readonly ConditionExpression?: string | undefined
  readonly Expected?: Parameters<typeof conditionOfExpected>[0]
  readonly ConditionalOperator?: 'AND' | 'OR' | undefined
  readonly ExpressionAttributeNames?: Names
  readonly ExpressionAttributeValues?: Item | undefined
}

type UpdateInput = ConditionInput & {
  readonly UpdateExpression?: string | undefined
  readonly AttributeUpdates?: Parameters<typeof updateOf>[0] | undefined
}

/** @throws AwsError ValidationException for parameters that do not go together */
export function checkConditionParameters(input: ConditionInput): void {
  checkParameters({
    expressions: { ConditionExpression: input.ConditionExpression },
    legacy: { Expected: input.Expected, ConditionalOperator: input.ConditionalOperator },
    names: input.ExpressionAttributeNames,
    values: input.ExpressionAttributeValues,
  })
}

/** The condition of PutItem and DeleteItem. */
export function conditionOf(input: ConditionInput): Condition | undefined {
  if (input.ConditionExpression === undefined) {
    return conditionOfExpected(input.Expected, input.ConditionalOperator)
  }
  const placeholders = placeholdersOf(input)
  const condition = parseCondition('ConditionExpression', input.ConditionExpression, placeholders)
  placeholders.requireAllUsed()
  return condition
}

/** @throws AwsError ValidationException for parameters that do not go together */
export function checkUpdateParameters(input: UpdateInput): void {
  checkParameters({
    expressions: {
      UpdateExpression: input.UpdateExpression,
      ConditionExpression: input.ConditionExpression,
    },
    legacy: {
      AttributeUpdates: input.AttributeUpdates,
      Expected: input.Expected,
      ConditionalOperator: input.ConditionalOperator,
    },
    names: input.ExpressionAttributeNames,
    values: input.ExpressionAttributeValues,
  })
}

/** The condition and the changes of UpdateItem. */
export function updateRequest(input: UpdateInput): {
  condition: Condition | undefined
  update: Update | undefined
} {
  if (input.UpdateExpression === undefined && input.ConditionExpression === undefined) {
    return {
      condition: conditionOfExpected(input.Expected, input.ConditionalOperator),
      update: input.AttributeUpdates === undefined ? undefined : updateOf(input.AttributeUpdates),
    }
  }
  const placeholders = placeholdersOf(input)
  const update =
    input.UpdateExpression === undefined
      ? undefined
      : parseUpdate(input.UpdateExpression, placeholders)
  const condition =
    input.ConditionExpression === undefined
      ? undefined
      : parseCondition('ConditionExpression', input.ConditionExpression, placeholders)
  placeholders.requireAllUsed()
  return { condition, update }
}

/** What GetItem and BatchGetItem keep of an item; undefined: everything. */
export function projectionRequest(input: {
  readonly ProjectionExpression?: string | undefined
  readonly AttributesToGet?: readonly string[] | undefined
  readonly ExpressionAttributeNames?: Names
}): Projection | undefined {
  checkParameters({
    expressions: { ProjectionExpression: input.ProjectionExpression },
    legacy: { AttributesToGet: input.AttributesToGet },
    names: input.ExpressionAttributeNames,
    values: undefined,
  })
  if (input.ProjectionExpression === undefined) {
    return input.AttributesToGet === undefined ? undefined : projectionOf(input.AttributesToGet)
  }
  const placeholders = placeholdersOf(input)
  const projection = parseProjection(input.ProjectionExpression, placeholders)
  placeholders.requireAllUsed()
  return projection
}

export const placeholdersOf = (input: {
  readonly ExpressionAttributeNames?: Names
  readonly ExpressionAttributeValues?: Item | undefined
}): Placeholders =>
  new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues)
