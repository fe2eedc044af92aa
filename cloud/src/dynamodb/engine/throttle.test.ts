import { beforeEach, describe, expect, it } from 'vitest'
import { AwsError } from '../../kernel/index.ts'
import { testEngine, type TestEngine } from '../test-engine.ts'

const tableSentence =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.'
/** One unit a second, kept for 300 s. */
const oneUnit = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }
const burst = 300

let engine: TestEngine

beforeEach(async () => {
  engine = testEngine({ throttle: true })
  await engine.call('CreateTable', {
    TableName: 'Small',
    AttributeDefinitions: [
      { AttributeName: 'a', AttributeType: 'S' },
      { AttributeName: 'g', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gix',
        KeySchema: [{ AttributeName: 'g', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'KEYS_ONLY' },
        ProvisionedThroughput: oneUnit,
      },
    ],
  })
})

const put = (a: string, more: object = {}): Promise<unknown> =>
  engine.call('PutItem', { TableName: 'Small', Item: { a: { S: a }, ...more } })

const refused = async (work: Promise<unknown>): Promise<AwsError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof AwsError) return error
  throw new Error('It was answered')
}

/** Uses all write capacity: one item of as many KB. */
const spendWrites = (): Promise<unknown> =>
  put('large', { x: { S: 'x'.repeat((2 * burst - 300) * 1024 - 100) } }).then(() =>
    put('large', { x: { S: 'x'.repeat(300 * 1024 - 100) } }),
  )

describe('a provisioned table', () => {
  it('refuses writes when its capacity is used, until time has brought some', async () => {
    await spendWrites()

    const error = await refused(put('b'))
    engine.clock.advance(1000)
    await put('b')
    await put('c')
    const again = await refused(put('d'))

    expect(`${error.code}: ${error.message}`).toBe(
      `ProvisionedThroughputExceededException: ${tableSentence}`,
    )
    expect(error.details).toEqual({
      ThrottlingReasons: [
        {
          reason: 'TableWriteProvisionedThroughputExceeded',
          resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/Small',
        },
      ],
    })
    expect(again.code).toBe('ProvisionedThroughputExceededException')
  })

  it('lets reads in on what is left, and takes what they used', async () => {
    await spendWrites()
    const read = { TableName: 'Small', Key: { a: { S: 'large' } }, ConsistentRead: true }
    for (let units = 0; units < burst; units += 75) await engine.call('GetItem', read)

    const got = await refused(engine.call('GetItem', read))
    const scanned = await refused(engine.call('Scan', { TableName: 'Small' }))
    const selected = await refused(
      engine.call('ExecuteStatement', { Statement: 'SELECT * FROM Small' }),
    )

    for (const error of [got, scanned, selected]) {
      expect(error.details).toMatchObject({
        ThrottlingReasons: [{ reason: 'TableReadProvisionedThroughputExceeded' }],
      })
    }
  })

  it('takes capacity for conditions that fail', async () => {
    await put('large', { x: { S: 'x'.repeat(300 * 1024 - 100) } })
    const conditional = {
      TableName: 'Small',
      Key: { a: { S: 'large' } },
      ConditionExpression: 'attribute_not_exists(a)',
    }

    const first = await refused(engine.call('DeleteItem', conditional))
    const second = await refused(engine.call('DeleteItem', conditional))

    expect([first.code, second.code]).toEqual([
      'ConditionalCheckFailedException',
      'ProvisionedThroughputExceededException',
    ])
  })

  it('refuses writes that change an index without capacity, and no others', async () => {
    for (let n = 0; n < burst; n++) await put(`i${n}`, { g: { S: 'q' } })

    const error = await refused(put('more', { g: { S: 'q' } }))
    await put('apart')

    expect(error.message).toMatch(/for one or more global secondary indexes of the table/)
    expect(error.details).toMatchObject({
      ThrottlingReasons: [
        {
          reason: 'IndexWriteProvisionedThroughputExceeded',
          resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/Small/index/gix',
        },
      ],
    })
    const found = await engine.call('GetItem', { TableName: 'Small', Key: { a: { S: 'more' } } })
    expect(found).toEqual({})
  })
})

describe('requests for several items', () => {
  const batch = (...keys: string[]) => ({
    RequestItems: { Small: keys.map((a) => ({ PutRequest: { Item: { a: { S: a } } } })) },
  })

  it('give back what a batch could not do, and fail when that is all', async () => {
    await spendWrites()
    const nothing = await refused(engine.call('BatchWriteItem', batch('a')))
    engine.clock.advance(1000)

    const answer = await engine.call('BatchWriteItem', batch('a', 'b', 'c'))

    expect(nothing.code).toBe('ProvisionedThroughputExceededException')
    expect(answer).toEqual({
      UnprocessedItems: { Small: [{ PutRequest: { Item: { a: { S: 'c' } } } }] },
    })
  })

  it('give back keys that could not be read', async () => {
    await put('large', { x: { S: 'x'.repeat(300 * 1024 - 100) } })
    const RequestItems = {
      Small: { ConsistentRead: true, Keys: [{ a: { S: 'large' } }, { a: { S: 'other' } }] },
    }
    for (let n = 0; n < 3; n++) {
      await engine.call('GetItem', {
        TableName: 'Small',
        Key: { a: { S: 'large' } },
        ConsistentRead: true,
      })
    }

    const answer = await engine.call('BatchGetItem', { RequestItems })
    const error = await refused(engine.call('BatchGetItem', { RequestItems }))

    expect(answer).toMatchObject({
      UnprocessedKeys: { Small: { ConsistentRead: true, Keys: [{ a: { S: 'other' } }] } },
    })
    expect(error.code).toBe('ProvisionedThroughputExceededException')
  })

  it('cancel transactions with a reason for each action', async () => {
    await spendWrites()
    engine.clock.advance(1000)
    const Put = (a: string) => ({ Put: { TableName: 'Small', Item: { a: { S: a } } } })

    const error = await refused(
      engine.call('TransactWriteItems', { TransactItems: [Put('a'), Put('b')] }),
    )

    expect(error.code).toBe('TransactionCanceledException')
    expect(error.details['CancellationReasons']).toEqual([
      { Code: 'None' },
      { Code: 'ProvisionedThroughputExceeded', Message: tableSentence },
    ])
  })
})

it('on-demand tables are not throttled, nor any without the option', async () => {
  await spendWrites()
  await engine.call('UpdateTable', { TableName: 'Small', BillingMode: 'PAY_PER_REQUEST' })

  await put('b')

  expect(await engine.call('GetItem', { TableName: 'Small', Key: { a: { S: 'b' } } })).toEqual({
    Item: { a: { S: 'b' } },
  })
  engine = testEngine()
  await engine.call('CreateTable', {
    TableName: 'Small',
    AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    ProvisionedThroughput: oneUnit,
  })
  await spendWrites()
  await spendWrites()
})
