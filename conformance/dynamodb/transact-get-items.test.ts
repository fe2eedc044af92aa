import { PutItemCommand, TransactGetItemsCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('TransactGetItems', () => {
  it('answers in the order asked', async () => {
    await engine.table('items')
    await engine.client.send(
      new PutItemCommand({ TableName: 'items', Item: { p: { S: 'a' }, v: { S: 'x' } } }),
    )
    const get = (p: string, more: object = {}) => ({
      Get: { TableName: 'items', Key: { p: { S: p } }, ...more },
    })

    const answer = await engine.client.send(
      new TransactGetItemsCommand({
        TransactItems: [get('missing'), get('a', { ProjectionExpression: 'v' })],
        ReturnConsumedCapacity: 'TOTAL',
      }),
    )

    expect(answer.Responses).toEqual([{}, { Item: { v: { S: 'x' } } }])
    expect(answer.ConsumedCapacity).toEqual([
      { TableName: 'items', CapacityUnits: 4, ReadCapacityUnits: 4 },
    ])
  })
})
