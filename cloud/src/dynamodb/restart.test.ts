import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { manualClock, seededIds, writeJson, type Environment } from '../kernel/index.ts'
import { openLmdbStore, type Store } from '../storage/index.ts'
import { createDynamoDB, type DynamoDB } from './index.ts'

const environment: Environment = {
  clock: manualClock(),
  ids: seededIds(1),
  region: 'us-east-1',
  accountId: '000000000000',
  report: ({ cause }) => {
    throw cause
  },
}

let folder: string
let store: Store
let engine: DynamoDB

function open(): void {
  store = openLmdbStore(folder, { durability: 'process' })
  engine = createDynamoDB({ environment, store, streamShards: 3 })
  engine.start()
}
async function restart(): Promise<void> {
  engine.close()
  await store.close()
  open()
}
// Answers as a client gets them.
async function call(name: string, input: object): Promise<Record<string, never>> {
  return JSON.parse(
    writeJson(await engine.operations.get(name)?.(structuredClone(input))).toString(),
  ) as never
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudlet-dynamodb-'))
  open()
})
afterEach(async () => {
  engine.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

const table = {
  TableName: 'items',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'p', AttributeType: 'S' },
    { AttributeName: 'g', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'p', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byG',
      KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
}
const item = (p: number) => ({ p: { S: `${p}` }, g: { N: `${p % 3}` } })

describe('after a restart', () => {
  it('tables, items, indexes, counters and tokens are as they were', async () => {
    await call('CreateTable', table)
    for (let p = 0; p < 30; p++) await call('PutItem', { TableName: 'items', Item: item(p) })
    const once = {
      ClientRequestToken: 'once',
      TransactItems: [{ Delete: { TableName: 'items', Key: { p: { S: '0' } } } }],
    }
    await call('TransactWriteItems', once)
    await call('PutItem', { TableName: 'items', Item: item(0) })
    const before = await call('DescribeTable', { TableName: 'items' })

    await restart()

    await call('TransactWriteItems', once)
    expect(await call('DescribeTable', { TableName: 'items' })).toEqual(before)
    expect(before['Table']).toMatchObject({ ItemCount: 30 })
    const page = await call('Query', {
      TableName: 'items',
      IndexName: 'byG',
      KeyConditionExpression: 'g = :g',
      ExpressionAttributeValues: { ':g': { N: '0' } },
    })
    expect(page['Count']).toBe(10)
  })

  it('streams go on where they were, one shard a key and in order', async () => {
    await call('CreateTable', table)
    const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/items/stream/2026-01-01T00:00:00.000`
    const shards = engine.streams.shards(arn) ?? []
    let heard = 0
    const leave = engine.streams.subscribe(arn, () => heard++)
    for (let p = 0; p < 20; p++) await call('PutItem', { TableName: 'items', Item: item(p) })
    const positions = shards.map(({ shardId }) =>
      engine.streams.read(arn, shardId, { limit: 100 }).records.at(-1),
    )
    leave()

    await restart()
    for (let p = 0; p < 20; p++) {
      await call('PutItem', { TableName: 'items', Item: { ...item(p), again: { BOOL: true } } })
    }

    expect(shards).toHaveLength(3)
    expect(heard).toBe(20)
    const later = shards.map(({ shardId }, at) => {
      const after = positions[at]?.dynamodb.SequenceNumber
      return engine.streams.read(arn, shardId, { limit: 100, ...(after ? { after } : {}) }).records
    })
    expect(later.flat().map((record) => record.eventName)).toEqual(Array(20).fill('MODIFY'))
    for (const records of later) {
      const numbers = records.map((record) => record.dynamodb.SequenceNumber)
      expect(numbers).toEqual(numbers.toSorted())
    }
  })

  it('a backfill and a clean-up that were cut short are finished', async () => {
    await call('CreateTable', { ...table, TableName: 'other' })
    for (let p = 0; p < 40; p++) await call('PutItem', { TableName: 'other', Item: item(p) })
    await call('CreateTable', table)
    for (let p = 0; p < 40; p++) await call('PutItem', { TableName: 'items', Item: item(p) })
    engine.close() // no background work from here on
    await call('DeleteTable', { TableName: 'other' })
    await call('UpdateTable', {
      TableName: 'items',
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [
        {
          Create: {
            IndexName: 'later',
            KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        },
      ],
    })

    await restart()
    await engine.sweep()

    const described = await call('DescribeTable', { TableName: 'items' })
    expect(described['Table']).toMatchObject({
      TableStatus: 'ACTIVE',
      GlobalSecondaryIndexes: [{ ItemCount: 40 }, { IndexName: 'later', ItemCount: 40 }],
    })
    const whole = { from: Buffer.from('dynamodb\0i'), to: Buffer.from('dynamodb\0j') }
    expect([...store.reader.range(whole)]).toHaveLength(40)
  })
})
