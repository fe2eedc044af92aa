import {
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('TransactWriteItems', () => {
  beforeAll(() => engine.table('items'))
  const put = (p: string, more: object = {}) => ({
    Put: { TableName: 'items', Item: { p: { S: p } }, ...more },
  })
  const transact = (items: TransactWriteItemsCommandInput['TransactItems'], token?: string) =>
    engine.client.send(
      new TransactWriteItemsCommand({
        TransactItems: items,
        ...(token ? { ClientRequestToken: token } : {}),
      }),
    )
  const exists = async (p: string) =>
    (await engine.client.send(new GetItemCommand({ TableName: 'items', Key: { p: { S: p } } })))
      .Item !== undefined

  it('does all or nothing, and says why', async () => {
    await engine.client.send(
      new PutItemCommand({ TableName: 'items', Item: { p: { S: 'there' } } }),
    )
    const call = transact([
      put('new'),
      put('there', {
        ConditionExpression: 'attribute_not_exists(p)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    ])

    await expect(call).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ConditionalCheckFailed',
          Message: 'The conditional request failed',
          Item: { p: { S: 'there' } },
        },
      ],
    })
    expect(await exists('new')).toBe(false)
    await transact([
      put('new'),
      {
        ConditionCheck: {
          TableName: 'items',
          Key: { p: { S: 'there' } },
          ConditionExpression: 'attribute_exists(p)',
        },
      },
    ])
    expect(await exists('new')).toBe(true)
  })

  it('does a repeated request once', async () => {
    const add = {
      Update: {
        TableName: 'items',
        Key: { p: { S: 'sum' } },
        UpdateExpression: 'ADD n :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      },
    }
    for (let time = 0; time < 3; time++) await transact([add], 'once')

    const { Item: item } = await engine.client.send(
      new GetItemCommand({ TableName: 'items', Key: { p: { S: 'sum' } } }),
    )
    expect(item?.['n']).toEqual({ N: '1' })
    expect(await refusal(transact([put('other')], 'once'))).toContain(
      'IdempotentParameterMismatchException',
    )
  })

  // AWS would cancel some of them ("Transaction conflict handling in DynamoDB"); here they run one after the other.
  it('never conflicts: transactions on one item at the same time are all done', async () => {
    const update = {
      TableName: 'items',
      Key: { p: { S: 'counted' } },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }
    const together = [...Array(20).keys()].flatMap((n) => [
      transact([{ Update: update }, put(`beside ${n}`)]),
      engine.client.send(new UpdateItemCommand(update)),
    ])
    await Promise.all(together)

    const { Item: item } = await engine.client.send(
      new GetItemCommand({ TableName: 'items', Key: update.Key }),
    )
    expect(item?.['n']).toEqual({ N: '40' })
  })

  it('refuses two actions on one item', async () => {
    expect(await refusal(transact([put('a'), put('a')]))).toBe(
      'ValidationException: Transaction request cannot include multiple operations on one item',
    )
  })
})
