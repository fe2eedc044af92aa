import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('GetItem', () => {
  it('answers with the item, a part of it, or nothing', async () => {
    await engine.table('items', { sort: true })
    const item = {
      p: { S: 'a' },
      s: { N: '1.50' },
      m: { M: { x: { L: [{ N: '1' }, { S: 'b' }] } } },
    }
    await engine.client.send(new PutItemCommand({ TableName: 'items', Item: item }))
    const get = (s: string, more: object = {}) =>
      engine.client.send(
        new GetItemCommand({ TableName: 'items', Key: { p: { S: 'a' }, s: { N: s } }, ...more }),
      )

    expect((await get('15e-1')).Item).toEqual({ ...item, s: { N: '1.5' } })
    expect((await get('1.5', { ProjectionExpression: 'm.x[1]' })).Item).toEqual({
      m: { M: { x: { L: [{ S: 'b' }] } } },
    })
    const missing = await get('2', { ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' })
    expect(missing.Item).toBeUndefined()
    expect(missing.ConsumedCapacity).toEqual({ TableName: 'items', CapacityUnits: 1 })
  })

  it.each([{ p: { S: 'a' } }, { p: { S: 'a' }, s: { S: '1' } }, { p: { S: 'a' }, t: { N: '1' } }])(
    'refuses the key %j',
    async (key) => {
      const get = new GetItemCommand({ TableName: 'items', Key: key })

      expect(await refusal(engine.client.send(get))).toBe(
        'ValidationException: The provided key element does not match the schema',
      )
    },
  )
})
