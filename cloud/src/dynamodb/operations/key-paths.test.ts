import { beforeEach, describe, expect, it } from 'vitest'
import { testEngine, type TestEngine } from '../test-engine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Music',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['a', 'b', 'g', 'l'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: [
      { AttributeName: 'a', KeyType: 'HASH' },
      { AttributeName: 'b', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gix',
        KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['x'] },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'lix',
        KeySchema: [
          { AttributeName: 'a', KeyType: 'HASH' },
          { AttributeName: 'l', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  })
  await engine.call('PutItem', { TableName: 'Music', Item: item })
})

const Key = { a: { S: '1' }, b: { S: '2' } }
const item = { ...Key, g: { S: 'q' }, l: { S: 'r' }, x: { S: 'yes' }, y: { S: 'no' } }
const scalars = (key: string): string =>
  "ValidationException: Key attributes must be scalars; list random access '[]' and map lookup '.' " +
  `are not allowed: ${key}`
const byKey = {
  TableName: 'Music',
  KeyConditionExpression: 'a = :a',
  ExpressionAttributeValues: { ':a': { S: '1' } },
}
const byIndex = {
  TableName: 'Music',
  IndexName: 'gix',
  KeyConditionExpression: 'g = :g',
  ExpressionAttributeValues: { ':g': { S: 'q' } },
}
const byLocalIndex = { ...byKey, IndexName: 'lix' }

describe('document paths into key attributes are refused', () => {
  it.each([
    ['GetItem', { TableName: 'Music', Key, ProjectionExpression: 'x, a.b' }, 'Key: a'],
    ['GetItem', { TableName: 'Music', Key, ProjectionExpression: 'g[0]' }, 'IndexKey: g'],
    [
      'BatchGetItem',
      { RequestItems: { Music: { Keys: [Key], ProjectionExpression: 'b[1]' } } },
      'Key: b',
    ],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'Music', Key, ProjectionExpression: 'a.x' } }] },
      'Key: a',
    ],
    ['Query', { ...byKey, FilterExpression: 'attribute_exists(l.x)' }, 'IndexKey: l'],
    ['Query', { ...byKey, FilterExpression: 'a.x = :a' }, 'Key: a'],
    ['Scan', { TableName: 'Music', FilterExpression: 'attribute_exists(g.x)' }, 'IndexKey: g'],
    [
      'PutItem',
      { TableName: 'Music', Item: item, ConditionExpression: 'attribute_exists(a.x)' },
      'Key: a',
    ],
    ['UpdateItem', { TableName: 'Music', Key, UpdateExpression: 'REMOVE x, g.x' }, 'IndexKey: g'],
  ])('%s %j', async (operation, input, key) => {
    expect(await engine.refusal(operation, input)).toBe(scalars(key))
  })
})

describe('a filter of Query', () => {
  const sentence = (name: string): string =>
    'ValidationException: Filter Expression can only contain non-primary key attributes: ' +
    `Primary key attribute: ${name}`

  it('must not name the key that is queried, wherever it stands', async () => {
    const filtered = (FilterExpression: string) => ({ ...byKey, FilterExpression })

    const partition = await engine.refusal('Query', filtered('a = :a'))
    const sort = await engine.refusal('Query', filtered('x = :a OR NOT size(b) > :a'))

    expect(partition).toBe(sentence('a'))
    expect(sort).toBe(sentence('b'))
  })

  it('may name the table’s key where an index is queried, and Scan may name any', async () => {
    const indexed = { ...byIndex, FilterExpression: 'a <> :g' }
    const own = { ...byIndex, FilterExpression: 'g = :g' }

    expect(await engine.call('Query', indexed)).toMatchObject({ Count: 1 })
    expect(await engine.refusal('Query', own)).toBe(sentence('g'))
    expect(
      await engine.call('Scan', {
        TableName: 'Music',
        FilterExpression: 'a = :a',
        ExpressionAttributeValues: { ':a': { S: '1' } },
      }),
    ).toMatchObject({ Count: 1 })
  })
})

describe('what an index does not hold', () => {
  const all =
    'ValidationException: One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported ' +
    'for global secondary index gix because its projection type is not ALL'
  const lacking =
    'ValidationException: One or more parameter values were invalid: Global secondary index gix does not project [y]'

  it('is refused for a global index', async () => {
    const scan = { TableName: 'Music', IndexName: 'gix' }

    expect(await engine.refusal('Query', { ...byIndex, Select: 'ALL_ATTRIBUTES' })).toBe(all)
    expect(await engine.refusal('Scan', { ...scan, Select: 'ALL_ATTRIBUTES' })).toBe(all)
    expect(await engine.refusal('Query', { ...byIndex, ProjectionExpression: 'x, y' })).toBe(
      lacking,
    )
    expect(await engine.refusal('Scan', { ...scan, AttributesToGet: ['y'] })).toBe(lacking)
  })

  it('is left out of a global index’s answers', async () => {
    const { y: _, l: __, ...held } = item

    expect(await engine.call('Query', byIndex)).toMatchObject({ Items: [held] })
  })

  it('is fetched from the table for a local index, for the capacity of a read', async () => {
    const capacity = { ReturnConsumedCapacity: 'INDEXES' }

    const whole = await engine.call('Query', {
      ...byLocalIndex,
      ...capacity,
      Select: 'ALL_ATTRIBUTES',
    })
    const some = await engine.call('Query', { ...byLocalIndex, ProjectionExpression: 'y' })
    const held = await engine.call('Query', { ...byLocalIndex, ...capacity })

    expect(whole).toMatchObject({
      Items: [item],
      ConsumedCapacity: {
        CapacityUnits: 1,
        Table: { CapacityUnits: 0.5 },
        LocalSecondaryIndexes: { lix: { CapacityUnits: 0.5 } },
      },
    })
    expect(some).toMatchObject({ Items: [{ y: { S: 'no' } }] })
    expect(held).toMatchObject({
      Items: [{ ...Key, l: { S: 'r' } }],
      ConsumedCapacity: { CapacityUnits: 0.5 },
    })
  })
})
