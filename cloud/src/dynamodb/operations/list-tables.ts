import { integerOf, optional } from '../../kernel/index.ts'
import { operation } from './operation.ts'
import { plainTableName } from './shapes.ts'

const pageMax = 100

export const listTables = operation('ListTables', {
  input: {
    ExclusiveStartTableName: optional(plainTableName),
    Limit: optional(integerOf(1, pageMax)),
  },
  run({ catalog }, { ExclusiveStartTableName: after, Limit: limit = pageMax }) {
    const names = catalog.names()
    const rest = after === undefined ? names : names.filter((name) => name > after)
    const page = rest.slice(0, limit)
    const last = page.at(-1)
    return {
      TableNames: page,
      ...(rest.length > page.length && last !== undefined ? { LastEvaluatedTableName: last } : {}),
    }
  },
})
