import { BatchWriteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('BatchWriteItem', () => {
  it('puts and removes', async () => {
    await engine.table('items')
    const put = (p: string) => ({ PutRequest: { Item: { p: { S: p } } } })
    const write = (...requests: object[]) =>
      engine.client.send(new BatchWriteItemCommand({ RequestItems: { items: requests } }))
    await write(put('a'), put('b'))

    const answer = await write({ DeleteRequest: { Key: { p: { S: 'a' } } } }, put('c'))

    expect(answer.UnprocessedItems).toEqual({})
    const { Items: items } = await engine.client.send(new ScanCommand({ TableName: 'items' }))
    expect(items?.map((item) => item['p']?.S).toSorted()).toEqual(['b', 'c'])
    expect(await refusal(write(put('a'), { DeleteRequest: { Key: { p: { S: 'a' } } } }))).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    )
    expect(await refusal(write({ PutRequest: { Item: { q: { S: 'a' } } } }))).toBe(
      'ValidationException: The provided key element does not match the schema',
    )
  })
})
