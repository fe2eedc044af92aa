import { list, optional, textOf } from '../../kernel/index.ts'
import { attributeValue, checkAttributeValue, type AttributeValue } from '../engine/values/index.ts'
import type { Statement } from '../engine/partiql/ast.ts'
import { statementLengthMax } from '../engine/partiql/limits.ts'
import { parseStatement } from '../engine/partiql/parse-statement.ts'

/** Shapes that the PartiQL operations share. */

export const statementText = textOf({ min: 1, max: statementLengthMax })
export const statementParameters = optional(list(attributeValue, { min: 1 }))

/** @throws AwsError ValidationException for parameters that are no values, and ill-formed statements */
export function statementOf(input: {
  readonly Statement: string
  readonly Parameters?: readonly AttributeValue[] | undefined
}): Statement {
  const parameters = (input.Parameters ?? []).map(checkAttributeValue)
  return parseStatement(input.Statement, parameters)
}

/** The table that a statement reads or writes. */
export function tableOfStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'select':
    case 'delete':
      return statement.from.table
    case 'insert':
      return statement.into.table
    case 'update':
      return statement.of.table
    case 'exists':
      return statement.select.from.table
  }
}
