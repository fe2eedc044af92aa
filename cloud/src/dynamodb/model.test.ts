import { describe, expect, it } from 'vitest'
import { AwsError, manualClock, seededIds, writeJson, type Ids } from '../kernel/index.ts'
import { openMemoryStore } from '../storage/index.ts'
import { createDynamoDB } from './index.ts'

/**
 * Random operations against the engine and against a naive model: a Map of plain items. What differs is a bug; the
 * seed in the test's name repeats it.
 */
type Plain = { p: string; s: number; g?: string; n?: number }

const stepsPerSeed = 400
const partitions = ['a', 'b', 'ñ\0']
const groups = ['x', 'xx', 'y']

function choices(ids: Ids) {
  const below = (limit: number): number => ids.bytes(2).readUInt16BE(0) % limit
  return {
    below,
    of: <T>(values: readonly T[]): T => values[below(values.length)] as T, // an index within it
  }
}

const wire = ({ p, s, g, n }: Plain) => ({
  p: { S: p },
  s: { N: String(s) },
  ...(g === undefined ? {} : { g: { S: g } }),
  ...(n === undefined ? {} : { n: { N: String(n) } }),
})
const keyOf = ({ p, s }: Plain): string => `${p} ${s}`
const sorted = (items: readonly Plain[]) => items.toSorted((a, b) => a.s - b.s).map(wire)

async function run(seed: number): Promise<void> {
  const pick = choices(seededIds(seed))
  const clock = manualClock()
  const environment = {
    clock,
    ids: seededIds(seed + 1),
    region: 'us-east-1',
    accountId: '000000000000',
    report: () => undefined,
  }
  const engine = createDynamoDB({ environment, store: openMemoryStore() })
  const call = async (name: string, input: object): Promise<Record<string, never>> =>
    JSON.parse(
      writeJson(await engine.operations.get(name)?.({ TableName: 'items', ...input })).toString(),
    ) as never
  await call('CreateTable', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'p', AttributeType: 'S' },
      { AttributeName: 's', AttributeType: 'N' },
      { AttributeName: 'g', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'p', KeyType: 'HASH' },
      { AttributeName: 's', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byGroup',
        KeySchema: [
          { AttributeName: 'g', KeyType: 'HASH' },
          { AttributeName: 's', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  })
  const model = new Map<string, Plain>()
  const anyItem = (): Plain => ({
    p: pick.of(partitions),
    s: pick.below(12) - 6,
    ...(pick.below(3) === 0 ? {} : { g: pick.of(groups) }),
    n: pick.below(5),
  })

  const steps: (() => Promise<void>)[] = [
    async () => {
      const item = anyItem()
      await call('PutItem', { Item: wire(item) })
      model.set(keyOf(item), item)
    },
    async () => {
      const item = anyItem()
      const { p, s } = wire(item)
      const { Attributes } = await call('DeleteItem', { Key: { p, s }, ReturnValues: 'ALL_OLD' })
      const before = model.get(keyOf(item))
      expect(Attributes).toEqual(before === undefined ? undefined : wire(before))
      model.delete(keyOf(item))
    },
    async () => {
      const item = anyItem()
      const { p, s, g } = wire(item)
      await call('UpdateItem', {
        Key: { p, s },
        UpdateExpression: `ADD n :n ${g === undefined ? 'REMOVE g' : 'SET g = :g'}`,
        ExpressionAttributeValues: {
          ':n': { N: '1' },
          ...(g === undefined ? {} : { ':g': g }),
        },
      })
      const n = (model.get(keyOf(item))?.n ?? 0) + 1
      const { g: group } = item
      model.set(keyOf(item), {
        p: item.p,
        s: item.s,
        n,
        ...(group === undefined ? {} : { g: group }),
      })
    },
    async () => {
      const [first, second] = [anyItem(), anyItem()]
      const work = call('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'items', Item: wire(first) } },
          {
            Put: {
              TableName: 'items',
              Item: wire(second),
              ConditionExpression: 'attribute_not_exists(p)',
            },
          },
        ],
      })
      const refused = keyOf(first) === keyOf(second) || model.has(keyOf(second))
      const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error instanceof AwsError).toBe(refused)
      if (refused) return
      model.set(keyOf(first), first)
      model.set(keyOf(second), second)
    },
    async () => {
      const p = pick.of(partitions)
      const low = pick.below(12) - 6
      const { Items } = await call('Query', {
        KeyConditionExpression: 'p = :p AND s >= :low',
        ExpressionAttributeValues: { ':p': { S: p }, ':low': { N: String(low) } },
      })
      const wanted = [...model.values()].filter((item) => item.p === p && item.s >= low)
      expect(Items).toEqual(sorted(wanted))
    },
    async () => {
      const g = pick.of(groups)
      const high = pick.below(12) - 6
      const { Items, Count } = await call('Query', {
        IndexName: 'byGroup',
        KeyConditionExpression: 'g = :g AND s < :high',
        ExpressionAttributeValues: { ':g': { S: g }, ':high': { N: String(high) } },
      })
      const wanted = [...model.values()].filter((item) => item.g === g && item.s < high)
      expect(Count).toBe(wanted.length)
      expect(Items).toEqual(expect.arrayContaining(wanted.map(wire)))
    },
  ]
  for (let step = 0; step < stepsPerSeed; step++) await pick.of(steps)()

  const { Items } = await call('Scan', {})
  const byKey = (items: object[]) => items.map((item) => JSON.stringify(sortedMembers(item))).sort()
  expect(byKey(Items ?? [])).toEqual(byKey([...model.values()].map(wire)))
  const { Table: table } = await call('DescribeTable', {})
  const grouped = [...model.values()].filter((item) => item.g !== undefined).length
  expect(table).toMatchObject({
    ItemCount: model.size,
    GlobalSecondaryIndexes: [{ ItemCount: grouped }],
  })
  expect(byKey(replayed(engine))).toEqual(byKey([...model.values()].map(wire)))
}

const sortedMembers = (item: object) =>
  Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))

/** What the stream's records add up to: the table again. */
function replayed(engine: ReturnType<typeof createDynamoDB>): object[] {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/items/stream/2026-01-01T00:00:00.000'
  const items = new Map<string, object>()
  for (const { shardId } of engine.streams.shards(arn) ?? []) {
    for (const { dynamodb: change } of engine.streams.read(arn, shardId, { limit: 100_000 })
      .records) {
      const key = JSON.stringify(change.Keys)
      if (change.NewImage === undefined) items.delete(key)
      else items.set(key, change.NewImage)
    }
  }
  return [...items.values()]
}

describe('the engine and a naive model', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agree (seed %i)', run)
})
