import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('UpdateTable', () => {
  it('fills a new global index from a full table', async () => {
    await engine.table('filled')
    for (let from = 0; from < 1200; from += 25) {
      const puts = Array.from({ length: 25 }, (_, at) => ({
        PutRequest: {
          Item: { p: { S: `${from + at}` }, g: { S: (from + at) % 2 === 0 ? 'even' : 'odd' } },
        },
      }))
      await engine.client.send(new BatchWriteItemCommand({ RequestItems: { filled: puts } }))
    }

    const { TableDescription: changing } = await engine.client.send(
      new UpdateTableCommand({
        TableName: 'filled',
        AttributeDefinitions: [{ AttributeName: 'g', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'byGroup',
              KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
        ],
      }),
    )

    expect(changing?.GlobalSecondaryIndexes?.[0]).toMatchObject({
      IndexStatus: 'CREATING',
      Backfilling: true,
    })
    await engine.client.send(
      new PutItemCommand({ TableName: 'filled', Item: { p: { S: '0' }, g: { S: 'odd' } } }),
    )
    await active('filled')
    const count = async (g: string) =>
      (
        await engine.client.send(
          new QueryCommand({
            TableName: 'filled',
            IndexName: 'byGroup',
            KeyConditionExpression: 'g = :g',
            ExpressionAttributeValues: { ':g': { S: g } },
            Select: 'COUNT',
          }),
        )
      ).Count
    expect([await count('even'), await count('odd')]).toEqual([599, 601])
    const { Table: table } = await describeTable('filled')
    expect(table?.GlobalSecondaryIndexes?.[0]?.ItemCount).toBe(1200)
  })

  it('removes a global index', async () => {
    await engine.client.send(
      new UpdateTableCommand({
        TableName: 'filled',
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byGroup' } }],
      }),
    )

    const { Table: table } = await describeTable('filled')
    expect(table?.GlobalSecondaryIndexes).toBeUndefined()
    expect(table?.AttributeDefinitions).toEqual([{ AttributeName: 'p', AttributeType: 'S' }])
  })

  it('changes billing and refuses what changes nothing', async () => {
    await engine.table('billed')
    const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 }
    const update = () =>
      engine.client.send(
        new UpdateTableCommand({
          TableName: 'billed',
          BillingMode: 'PROVISIONED',
          ProvisionedThroughput: units,
        }),
      )

    await update()

    expect((await describeTable('billed')).Table?.ProvisionedThroughput).toMatchObject(units)
    expect(await refusal(update())).toContain('The requested value equals the current value')
    expect(
      await refusal(engine.client.send(new UpdateTableCommand({ TableName: 'billed' }))),
    ).toContain('At least one of ProvisionedThroughput')
  })

  const describeTable = (TableName: string) =>
    engine.client.send(new DescribeTableCommand({ TableName }))

  async function active(name: string): Promise<void> {
    for (;;) {
      const { Table: table } = await describeTable(name)
      if (table?.TableStatus === 'ACTIVE') return
    }
  }
})
