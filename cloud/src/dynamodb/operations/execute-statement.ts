import { integerOf, optional, textOf } from '../../kernel/index.ts'
import type { AttributeValue } from '../engine/values/index.ts'
import { capacityMember } from './answers.ts'
import { invalid, operation } from './operation.ts'
import * as shape from './shapes.ts'
import { selectPage } from './statement-select.ts'
import { statementOf, statementParameters, statementText } from './statement-shapes.ts'
import { returnedItem, runStatement } from './statement-write.ts'

const nextTokenLengthMax = 32_768

export const executeStatement = operation('ExecuteStatement', {
  input: {
    Statement: statementText,
    Parameters: statementParameters,
    ConsistentRead: shape.consistentRead,
    NextToken: optional(textOf({ min: 1, max: nextTokenLengthMax })),
    ReturnConsumedCapacity: shape.returnConsumedCapacity,
    Limit: optional(integerOf(1)),
    ReturnValuesOnConditionCheckFailure: shape.returnValuesOnFailure,
  },
  async run(context, input) {
    const statement = statementOf(input)
    switch (statement.kind) {
      case 'exists':
        throw invalid('EXISTS can only be used in ExecuteTransaction write requests.')
      case 'select': {
        const table = context.catalog.get(statement.from.table)
        const page = selectPage(context, table, {
          select: statement,
          statement: boundStatement(input),
          consistent: input.ConsistentRead,
          limit: input.Limit,
          nextToken: input.NextToken,
        })
        return {
          Items: page.items,
          ...(page.next === undefined
            ? {}
            : { NextToken: page.next, ...(page.last && { LastEvaluatedKey: page.last }) }),
          ...capacityMember(input.ReturnConsumedCapacity, table, page.used),
        }
      }
      case 'insert':
      case 'update':
      case 'delete': {
        const onFailure = input.ReturnValuesOnConditionCheckFailure
        const { table, outcome } = await runStatement(context, statement, onFailure)
        const item = returnedItem(statement, outcome)
        return {
          Items: item === undefined ? [] : [item],
          ...capacityMember(input.ReturnConsumedCapacity, table, outcome.used),
        }
      }
    }
  },
})

const boundStatement = (input: {
  readonly Statement: string
  readonly Parameters?: readonly AttributeValue[] | undefined
}): readonly unknown[] => [input.Statement, input.Parameters ?? []]
