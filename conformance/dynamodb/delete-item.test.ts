import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('DeleteItem', () => {
  it('removes an item once', async () => {
    await engine.table('items')
    await engine.client.send(
      new PutItemCommand({ TableName: 'items', Item: { p: { S: 'a' }, v: { S: 'x' } } }),
    )
    const remove = (more: object = {}) =>
      engine.client.send(
        new DeleteItemCommand({
          TableName: 'items',
          Key: { p: { S: 'a' } },
          ReturnValues: 'ALL_OLD',
          ...more,
        }),
      )

    expect((await remove()).Attributes).toEqual({ p: { S: 'a' }, v: { S: 'x' } })
    expect((await remove()).Attributes).toBeUndefined()
    expect(await refusal(remove({ ConditionExpression: 'attribute_exists(p)' }))).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    )
    expect(await refusal(remove({ ReturnValues: 'ALL_NEW' }))).toBe(
      'ValidationException: ReturnValues can only be ALL_OLD or NONE',
    )
  })
})
