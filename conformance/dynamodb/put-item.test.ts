import { GetItemCommand, PutItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(() => engine.stop())

describe('PutItem', () => {
  beforeAll(() => engine.table('items'))
  const put = (item: PutItemCommandInput['Item'], more: Partial<PutItemCommandInput> = {}) =>
    engine.client.send(new PutItemCommand({ TableName: 'items', Item: item, ...more }))

  it('replaces an item and shows the old one', async () => {
    await put({ p: { S: 'a' }, n: { N: '1e2' } })

    const { Attributes: old } = await put({ p: { S: 'a' } }, { ReturnValues: 'ALL_OLD' })

    expect(old).toEqual({ p: { S: 'a' }, n: { N: '100' } })
  })

  it('keeps attributes whatever their names are', async () => {
    const item = {
      p: { S: 'names' },
      constructor: { S: 'x' },
      ['__proto__']: { N: '1' },
      'ñ"\\': { BOOL: true },
    }
    await put(item)

    const { Item: found } = await engine.client.send(
      new GetItemCommand({ TableName: 'items', Key: { p: { S: 'names' } } }),
    )
    expect(found?.['constructor']).toEqual({ S: 'x' })
    expect(found?.['ñ"\\']).toEqual({ BOOL: true })
  })

  it('fails its condition, with the item if asked', async () => {
    await put({ p: { S: 'once' }, v: { S: 'first' } })
    const again = put(
      { p: { S: 'once' } },
      {
        ConditionExpression: 'attribute_not_exists(p)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    )

    await expect(again).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { p: { S: 'once' }, v: { S: 'first' } },
    })
  })

  it.each([
    [{}, 'One or more parameter values were invalid: Missing the key p in the item'],
    [
      { p: { N: '1' } },
      'One or more parameter values were invalid: Type mismatch for key p expected: S actual: N',
    ],
    [
      { p: { S: '' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p',
    ],
    [
      { p: { S: 'x'.repeat(2049) } },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
    [
      { p: { S: 'a' }, t: { S: 'x'.repeat(400 * 1024) } },
      'Item size has exceeded the maximum allowed size',
    ],
    [{ p: { S: 'a' }, n: { N: 'x' } }, 'The parameter cannot be converted to a numeric value: x'],
  ])('refuses an item (%#)', async (item, sentence) => {
    expect(await refusal(put(item as PutItemCommandInput['Item']))).toBe(
      `ValidationException: ${sentence}`,
    )
  })

  it('tells the capacity', async () => {
    const { ConsumedCapacity: used } = await put(
      { p: { S: 'big' }, t: { S: 'x'.repeat(2000) } },
      { ReturnConsumedCapacity: 'TOTAL' },
    )

    expect(used).toEqual({ TableName: 'items', CapacityUnits: 2 })
  })

  it('names a missing table', async () => {
    expect(await refusal(put({ p: { S: 'a' } }, { TableName: 'missing' }))).toBe(
      'ResourceNotFoundException: Requested resource not found',
    )
  })
})
