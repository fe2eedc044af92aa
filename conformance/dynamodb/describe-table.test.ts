import { DeleteItemCommand, DescribeTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('DescribeTable', () => {
  it('counts items and bytes exactly', async () => {
    await engine.table('counted')
    const put = (p: string, text: string) =>
      engine.client.send(
        new PutItemCommand({ TableName: 'counted', Item: { p: { S: p }, t: { S: text } } }),
      )
    await put('a', 'xx')
    await put('b', 'x')
    await put('b', 'xxxx')
    await engine.client.send(
      new DeleteItemCommand({ TableName: 'counted', Key: { p: { S: 'a' } } }),
    )

    const { Table: table } = await engine.client.send(
      new DescribeTableCommand({ TableName: 'counted' }),
    )

    expect(table).toMatchObject({ ItemCount: 1, TableSizeBytes: 7 })
  })

  it('takes an ARN, and names a missing table', async () => {
    const describe = (TableName: string) =>
      engine.client.send(new DescribeTableCommand({ TableName }))
    const { Table: table } = await describe('arn:aws:dynamodb:us-east-1:000000000000:table/counted')

    expect(table?.TableName).toBe('counted')
    expect(await refusal(describe('missing'))).toBe(
      'ResourceNotFoundException: Requested resource not found: Table: missing not found',
    )
  })
})
