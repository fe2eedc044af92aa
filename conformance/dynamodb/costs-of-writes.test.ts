import {
  BatchWriteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine, type TestEngine } from './engine.ts'

const indexes: Partial<CreateTableCommandInput> & { sort: true } = {
  sort: true,
  AttributeDefinitions: [
    { AttributeName: 'g', AttributeType: 'S' },
    { AttributeName: 'l', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'global',
      KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'local',
      KeySchema: [
        { AttributeName: 'p', KeyType: 'HASH' },
        { AttributeName: 'l', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
}

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
  await engine.table('indexed', indexes)
  await engine.table('plain')
})
afterAll(() => engine.stop())

const item = (p: string, more: Record<string, string> = {}) => ({
  p: { S: p },
  s: { N: '1' },
  ...Object.fromEntries(Object.entries(more).map(([name, S]) => [name, { S }])),
})
const collection = (p: string) => ({
  ItemCollectionKey: { p: { S: p } },
  SizeEstimateRangeGB: [0, 1],
})

// "Read and write operations", "Using global secondary indexes", "Local secondary indexes".
describe('ReturnConsumedCapacity of a write', () => {
  it('tells what the table and each index took', async () => {
    const put = async (more: Record<string, string>) => {
      const { ConsumedCapacity: used } = await engine.client.send(
        new PutItemCommand({
          TableName: 'indexed',
          Item: item('a', more),
          ReturnConsumedCapacity: 'INDEXES',
        }),
      )
      return used
    }

    // 3 KB: the entry of the local index is as large, that of the global one holds keys only.
    expect(await put({ g: 'one', l: 'x', t: 'x'.repeat(2_500) })).toEqual({
      TableName: 'indexed',
      CapacityUnits: 7,
      Table: { CapacityUnits: 3 },
      GlobalSecondaryIndexes: { global: { CapacityUnits: 1 } },
      LocalSecondaryIndexes: { local: { CapacityUnits: 3 } },
    })
    // Another key in the global index: its old entry is removed, the new one put. The local entry stays, but smaller.
    expect(await put({ g: 'two', l: 'x' })).toEqual({
      TableName: 'indexed',
      CapacityUnits: 8,
      Table: { CapacityUnits: 3 },
      GlobalSecondaryIndexes: { global: { CapacityUnits: 2 } },
      LocalSecondaryIndexes: { local: { CapacityUnits: 3 } },
    })
    expect(await put({ g: 'two', l: 'x' })).toEqual({
      TableName: 'indexed',
      CapacityUnits: 1,
      Table: { CapacityUnits: 1 },
    })
  })
})

// "Item collections in local secondary indexes".
describe('ReturnItemCollectionMetrics', () => {
  const sized = { ReturnItemCollectionMetrics: 'SIZE' } as const

  it('tells of the collection where a table has a local index', async () => {
    const put = (TableName: string) =>
      engine.client.send(new PutItemCommand({ TableName, Item: item('a'), ...sized }))

    expect((await put('indexed')).ItemCollectionMetrics).toEqual(collection('a'))
    expect((await put('plain')).ItemCollectionMetrics).toBeUndefined()
  })

  it('tells of each collection once, by table, in batches and transactions', async () => {
    const puts = ['a', 'b'].map((p) => ({ PutRequest: { Item: item(p) } }))
    const batch = await engine.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          indexed: [...puts, { PutRequest: { Item: { ...item('b'), s: { N: '2' } } } }],
          plain: puts,
        },
        ...sized,
      }),
    )
    const transaction = await engine.client.send(
      new TransactWriteItemsCommand({
        TransactItems: ['indexed', 'plain'].map((TableName) => ({
          Put: { TableName, Item: item('c') },
        })),
        ...sized,
      }),
    )

    expect(batch.ItemCollectionMetrics).toEqual({ indexed: [collection('a'), collection('b')] })
    expect(transaction.ItemCollectionMetrics).toEqual({ indexed: [collection('c')] })
  })
})
