import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('UpdateItem', () => {
  beforeAll(() => engine.table('items'))
  const update = (p: string, more: Partial<UpdateItemCommandInput>) =>
    engine.client.send(new UpdateItemCommand({ TableName: 'items', Key: { p: { S: p } }, ...more }))

  it('makes the item, then shows what the update touched', async () => {
    const add = {
      UpdateExpression: 'ADD n :n SET t = :t',
      ExpressionAttributeValues: { ':n': { N: '1.1' }, ':t': { S: 'x' } },
    }

    expect((await update('a', { ...add, ReturnValues: 'UPDATED_OLD' })).Attributes).toBeUndefined()
    expect((await update('a', { ...add, ReturnValues: 'UPDATED_NEW' })).Attributes).toEqual({
      n: { N: '2.2' },
      t: { S: 'x' },
    })
    expect((await update('a', { ...add, ReturnValues: 'ALL_OLD' })).Attributes).toMatchObject({
      n: { N: '2.2' },
    })
    expect((await update('a', { ...add, ReturnValues: 'ALL_NEW' })).Attributes).toEqual({
      p: { S: 'a' },
      n: { N: '4.4' },
      t: { S: 'x' },
    })
  })

  it('adds up exactly when many add at once', async () => {
    const add = { UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': { N: '0.1' } } }
    await Promise.all(Array.from({ length: 100 }, () => update('sum', add)))

    const { Attributes: sum } = await update('sum', { ReturnValues: 'ALL_NEW' })
    expect(sum?.['n']).toEqual({ N: '10' })
  })

  it('lets one of many win a condition', async () => {
    const claim = (by: number) =>
      update('race', {
        UpdateExpression: 'SET winner = :by',
        ConditionExpression: 'attribute_not_exists(winner)',
        ExpressionAttributeValues: { ':by': { N: String(by) } },
      })

    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, by) => claim(by)))

    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  it('leaves keys alone', async () => {
    const change = update('a', {
      UpdateExpression: 'SET p = :p',
      ExpressionAttributeValues: { ':p': { S: 'b' } },
    })

    expect(await refusal(change)).toBe(
      'ValidationException: One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key',
    )
  })
})
