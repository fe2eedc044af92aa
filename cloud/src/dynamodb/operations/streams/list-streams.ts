import { integerOf, optional, text } from '../../../kernel/index.ts'
import { tableNameOf } from '../../engine/tables/catalog.ts'
import { streamPageMax } from '../../limits.ts'
import { operation } from '../operation.ts'
import { tableName } from '../shapes.ts'

export const listStreams = operation('ListStreams', {
  input: {
    TableName: optional(tableName),
    Limit: optional(integerOf(1, streamPageMax)),
    ExclusiveStartStreamArn: optional(text),
  },
  run({ streams }, input) {
    const { TableName: table, ExclusiveStartStreamArn: after, Limit: limit = streamPageMax } = input
    const wanted = streams
      .all()
      .filter((stream) => table === undefined || stream.tableName === tableNameOf(table))
      .filter((stream) => after === undefined || stream.arn > after)
    const page = wanted.slice(0, limit)
    const last = page.at(-1)
    return {
      Streams: page.map((stream) => ({
        StreamArn: stream.arn,
        TableName: stream.tableName,
        StreamLabel: stream.label,
      })),
      ...(wanted.length > page.length && last !== undefined
        ? { LastEvaluatedStreamArn: last.arn }
        : {}),
    }
  },
})
