import { BatchWriteItemCommand, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('Scan', () => {
  const count = 200
  beforeAll(async () => {
    await engine.table('items')
    for (let from = 0; from < count; from += 25) {
      const puts = Array.from({ length: 25 }, (_, at) => ({
        PutRequest: { Item: { p: { S: `k${from + at}` }, n: { N: `${from + at}` } } },
      }))
      await engine.client.send(new BatchWriteItemCommand({ RequestItems: { items: puts } }))
    }
  })

  async function all(more: Partial<ScanCommandInput>): Promise<string[]> {
    const found: string[] = []
    let start: ScanCommandInput['ExclusiveStartKey']
    do {
      const page = await engine.client.send(
        new ScanCommand({ TableName: 'items', ...more, ExclusiveStartKey: start }),
      )
      found.push(...(page.Items ?? []).map((item) => item['p']?.S ?? ''))
      start = page.LastEvaluatedKey
    } while (start !== undefined)
    return found
  }

  it('pages through everything once', async () => {
    const found = await all({ Limit: 7 })

    expect(new Set(found).size).toBe(count)
    expect(found).toHaveLength(count)
  })

  it('cuts the table into segments', async () => {
    const segments = await Promise.all(
      Array.from({ length: 5 }, (_, segment) =>
        all({ Segment: segment, TotalSegments: 5, Limit: 9 }),
      ),
    )

    expect(segments.every((segment) => segment.length > 0)).toBe(true)
    expect(new Set(segments.flat()).size).toBe(count)
    expect(segments.flat()).toHaveLength(count)
  })

  it('filters and projects', async () => {
    const page = await engine.client.send(
      new ScanCommand({
        TableName: 'items',
        FilterExpression: 'n < :n',
        ProjectionExpression: 'n',
        ExpressionAttributeValues: { ':n': { N: '3' } },
      }),
    )

    expect(page).toMatchObject({ Count: 3, ScannedCount: count })
    expect(page.Items?.map((item) => item['n']?.N).toSorted()).toEqual(['0', '1', '2'])
  })

  it('filters by legacy parameters', async () => {
    const page = await engine.client.send(
      new ScanCommand({
        TableName: 'items',
        ScanFilter: {
          n: { ComparisonOperator: 'LT', AttributeValueList: [{ N: '2' }] },
          p: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'k7' }] },
        },
        ConditionalOperator: 'OR',
        AttributesToGet: ['n'],
      }),
    )

    expect(page).toMatchObject({ Count: 3, ScannedCount: count })
    expect(page.Items?.map((item) => item['n']?.N).toSorted()).toEqual(['0', '1', '7'])
  })

  it.each([
    [
      { Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      { TotalSegments: 2 },
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ],
    [
      { Segment: 2, TotalSegments: 2 },
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2',
    ],
    [
      { Limit: 0 },
      "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
  ])('refuses %j', async (change, sentence) => {
    const call = engine.client.send(new ScanCommand({ TableName: 'items', ...change }))

    expect(await refusal(call)).toBe(`ValidationException: ${sentence}`)
  })
})
