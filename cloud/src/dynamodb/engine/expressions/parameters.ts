import { invalid } from './placeholders.ts'

export type ExpressionParameters = {
  /** The operation's expression parameters by name, in AWS's order; undefined where not given. */
  readonly expressions: Readonly<Record<string, string | undefined>>
  /** Its legacy parameters by name, in AWS's order. */
  readonly legacy: Readonly<Record<string, unknown>>
  readonly names?: Readonly<Record<string, string>> | undefined
  readonly values?: unknown
}

/**
 * Refuses a mix of expressions and legacy parameters, and names or values without an expression that could use them.
 *
 * @throws AwsError ValidationException
 */
export function checkParameters({
  expressions,
  legacy,
  names,
  values,
}: ExpressionParameters): void {
  const given = namesGiven(expressions)
  if (given.length > 0) {
    const mixed = namesGiven(legacy).filter(
      // Query may have a filter expression beside KeyConditions.
      (name) => name !== 'KeyConditions' || given.includes('KeyConditionExpression'),
    )
    if (mixed.length > 0) {
      throw invalid(
        'Can not use both expression and non-expression parameters in the same request: ' +
          `Non-expression parameters: {${mixed.join(', ')}} Expression parameters: {${given.join(', ')}}`,
      )
    }
  } else if (names !== undefined) {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions')
  }
  requireUseForValues(expressions, given, values)
}

function requireUseForValues(
  expressions: Readonly<Record<string, string | undefined>>,
  given: readonly string[],
  values: unknown,
): void {
  if (values === undefined) return
  const withValues = Object.keys(expressions).filter((name) => name !== 'ProjectionExpression')
  if (withValues.length === 0 || withValues.some((name) => given.includes(name))) return
  throw invalid(
    'ExpressionAttributeValues can only be specified when using expressions: ' +
      `${withValues.join(' and ')} ${withValues.length > 1 ? 'are' : 'is'} null`,
  )
}

const namesGiven = (parameters: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(parameters).filter((name) => parameters[name] !== undefined)
