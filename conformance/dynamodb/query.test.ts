import { PutItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('Query', () => {
  beforeAll(async () => {
    await engine.table('items', {
      sort: true,
      AttributeDefinitions: [
        { AttributeName: 'g', AttributeType: 'S' },
        { AttributeName: 'l', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'global',
          KeySchema: [
            { AttributeName: 'g', KeyType: 'HASH' },
            { AttributeName: 's', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['v'] },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          KeySchema: [
            { AttributeName: 'p', KeyType: 'HASH' },
            { AttributeName: 'l', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    })
    for (const s of [-10, -2, 0, 0.5, 2, 10, 100]) {
      const item = {
        p: { S: 'a' },
        s: { N: String(s) },
        v: { N: '1' },
        w: { S: 'w' },
        ...(s >= 0 ? { g: { S: 'x' }, l: { S: `\u0000${s}` } } : {}),
      }
      await engine.client.send(new PutItemCommand({ TableName: 'items', Item: item }))
    }
  })

  const query = (
    condition: string,
    values: Record<string, string>,
    more: Partial<QueryCommandInput> = {},
  ) =>
    engine.client.send(
      new QueryCommand({
        TableName: 'items',
        KeyConditionExpression: condition,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            /^-?[\d.]+$/.test(value) ? { N: value } : { S: value },
          ]),
        ),
        ...more,
      }),
    )
  const sorts = async (...call: Parameters<typeof query>) =>
    (await query(...call)).Items?.map((item) => Number(item['s']?.N))

  it.each([
    ['p = :p', {}, [-10, -2, 0, 0.5, 2, 10, 100]],
    ['p = :p AND s = :a', { ':a': '2' }, [2]],
    ['p = :p AND s < :a', { ':a': '0' }, [-10, -2]],
    ['p = :p AND s <= :a', { ':a': '0' }, [-10, -2, 0]],
    ['p = :p AND s > :a', { ':a': '2' }, [10, 100]],
    ['p = :p AND s >= :a', { ':a': '2' }, [2, 10, 100]],
    ['p = :p AND s BETWEEN :a AND :b', { ':a': '-2', ':b': '2' }, [-2, 0, 0.5, 2]],
  ])('%s', async (condition, values, found) => {
    expect(await sorts(condition, { ':p': 'a', ...values })).toEqual(found)
    expect(await sorts(condition, { ':p': 'a', ...values }, { ScanIndexForward: false })).toEqual(
      found.toReversed(),
    )
  })

  it('pages in both directions', async () => {
    for (const forward of [true, false]) {
      const seen: number[] = []
      let start: QueryCommandInput['ExclusiveStartKey']
      do {
        const page = await query(
          'p = :p',
          { ':p': 'a' },
          {
            Limit: 2,
            ScanIndexForward: forward,
            ExclusiveStartKey: start,
          },
        )
        seen.push(...(page.Items ?? []).map((item) => Number(item['s']?.N)))
        start = page.LastEvaluatedKey
      } while (start !== undefined)
      expect(seen.toSorted((a, b) => a - b)).toEqual([-10, -2, 0, 0.5, 2, 10, 100])
    }
  })

  it('reads a sparse global index with its projection', async () => {
    const page = await query(
      'g = :g AND s > :s',
      { ':g': 'x', ':s': '0.5' },
      { IndexName: 'global', Limit: 2 },
    )

    expect(page.Items?.[0]).toEqual({ p: { S: 'a' }, s: { N: '2' }, g: { S: 'x' }, v: { N: '1' } })
    expect(page.LastEvaluatedKey).toEqual({ g: { S: 'x' }, s: { N: '10' }, p: { S: 'a' } })
    expect(
      await sorts(
        'g = :g AND s > :s',
        { ':g': 'x', ':s': '0.5' },
        {
          IndexName: 'global',
          ExclusiveStartKey: page.LastEvaluatedKey,
        },
      ),
    ).toEqual([100])
  })

  it('fetches from the table what a local index does not hold', async () => {
    const all = await query(
      'p = :p',
      { ':p': 'a' },
      { IndexName: 'local', Select: 'ALL_ATTRIBUTES' },
    )

    expect(all.Count).toBe(5)
    expect(all.Items?.[0]?.['w']).toEqual({ S: 'w' })
    const part = await query('p = :p', { ':p': 'a' }, { IndexName: 'local' })
    expect(part.Items?.[0]?.['w']).toBeUndefined()
  })

  it('filters after the limit', async () => {
    const page = await query(
      'p = :p',
      { ':p': 'a', ':v': '1', ':x': 'x' },
      {
        FilterExpression: 'v = :v AND g = :x',
        Limit: 3,
      },
    )

    expect(page).toMatchObject({ Count: 1, ScannedCount: 3 })
  })

  it('filters by legacy parameters', async () => {
    const page = await engine.client.send(
      new QueryCommand({
        TableName: 'items',
        KeyConditions: {
          p: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] },
          s: { ComparisonOperator: 'GT', AttributeValueList: [{ N: '0' }] },
        },
        QueryFilter: { w: { ComparisonOperator: 'BEGINS_WITH', AttributeValueList: [{ S: 'w' }] } },
        Limit: 2,
      }),
    )

    expect(page).toMatchObject({ Count: 2, ScannedCount: 2 })
    expect(page.Items?.map((item) => item['s']?.N)).toEqual(['0.5', '2'])
  })

  it('stops a page at 1 MB', async () => {
    for (let s = 0; s < 4; s++) {
      const item = { p: { S: 'big' }, s: { N: `${s}` }, t: { S: 'x'.repeat(350 * 1024) } }
      await engine.client.send(new PutItemCommand({ TableName: 'items', Item: item }))
    }

    const page = await query('p = :p', { ':p': 'big' }, { ReturnConsumedCapacity: 'TOTAL' })

    expect(page.Count).toBe(3)
    expect(page.LastEvaluatedKey).toEqual({ p: { S: 'big' }, s: { N: '2' } })
    expect(page.ConsumedCapacity?.CapacityUnits).toBe(131.5)
  })

  it.each([
    [{ IndexName: 'none' }, 'The table does not have the specified index: none'],
    [
      { IndexName: 'global', ConsistentRead: true },
      'Consistent reads are not supported on global secondary indexes',
    ],
    [
      { Select: 'ALL_PROJECTED_ATTRIBUTES' as const },
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    ],
    [
      { FilterExpression: 's > :p' },
      'Filter Expression can only contain non-primary key attributes: Primary key attribute: s',
    ],
    [{ ExclusiveStartKey: { p: { S: 'a' } } }, 'The provided starting key is invalid'],
    [
      { ExclusiveStartKey: { p: { S: 'b' }, s: { N: '1' } } },
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
  ])('refuses %j', async (change, sentence) => {
    expect(await refusal(query('p = :p', { ':p': 'a' }, change))).toBe(
      `ValidationException: ${sentence}`,
    )
  })
})
