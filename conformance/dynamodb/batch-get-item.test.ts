import { BatchGetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('BatchGetItem', () => {
  it('answers with what is there, and leaves over what is too much', async () => {
    await engine.table('items')
    for (let p = 0; p < 50; p++) {
      const item = { p: { S: `${p}` }, t: { S: 'x'.repeat(390 * 1024) } }
      await engine.client.send(new PutItemCommand({ TableName: 'items', Item: item }))
    }
    const keys = Array.from({ length: 60 }, (_, p) => ({ p: { S: `${p}` } }))

    const page = await engine.client.send(
      new BatchGetItemCommand({ RequestItems: { items: { Keys: keys } } }),
    )

    expect(page.Responses?.['items']).toHaveLength(42)
    expect(page.UnprocessedKeys?.['items']?.Keys).toHaveLength(18)
    const rest = await engine.client.send(
      new BatchGetItemCommand({ RequestItems: page.UnprocessedKeys }),
    )
    expect(rest.Responses?.['items']).toHaveLength(8)
  })

  it('refuses the same key twice', async () => {
    const keys = [{ p: { S: '1' } }, { p: { S: '1' } }]
    const call = engine.client.send(
      new BatchGetItemCommand({ RequestItems: { items: { Keys: keys } } }),
    )

    expect(await refusal(call)).toBe(
      'ValidationException: Provided list of item keys contains duplicates',
    )
  })
})
