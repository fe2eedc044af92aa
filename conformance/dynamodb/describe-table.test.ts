import {
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
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

  // "Understanding DynamoDB warm throughput": an on-demand table begins with these; "DynamoDB table classes".
  it('tells the warm throughput and the table class', async () => {
    await engine.table('classed', { TableClass: 'STANDARD_INFREQUENT_ACCESS' })
    await engine.table('provisioned', {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 7, WriteCapacityUnits: 5 },
    })
    const described = async (TableName: string) =>
      (await engine.client.send(new DescribeTableCommand({ TableName }))).Table

    expect(await described('classed')).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000, Status: 'ACTIVE' },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    })
    expect(await described('provisioned')).toMatchObject({
      WarmThroughput: { ReadUnitsPerSecond: 7, WriteUnitsPerSecond: 5, Status: 'ACTIVE' },
    })
    await engine.client.send(
      new UpdateTableCommand({ TableName: 'classed', TableClass: 'STANDARD' }),
    )
    expect((await described('classed'))?.TableClassSummary?.TableClass).toBe('STANDARD')
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
