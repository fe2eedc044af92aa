import {
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type StreamViewType,
} from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-dynamodb-streams'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '../../cloud/src/kernel/index.ts'
import { refusal, startEngine, type TestEngine } from './engine.ts'

const clock = manualClock()
const hourMs = 60 * 60 * 1000

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine({ clock })
})
afterAll(() => engine.stop())

const put = (table: string, p: string, v: string) =>
  engine.client.send(new PutItemCommand({ TableName: table, Item: { p: { S: p }, v: { S: v } } }))

async function streamed(table: string, viewType: StreamViewType): Promise<string> {
  const { TableDescription: made } = await engine.table(table, {
    StreamSpecification: { StreamEnabled: true, StreamViewType: viewType },
  })
  return made?.LatestStreamArn ?? ''
}

async function iterator(
  StreamArn: string,
  ShardIteratorType: GetShardIteratorCommandInput['ShardIteratorType'],
  SequenceNumber?: string,
): Promise<string | undefined> {
  const { StreamDescription: stream } = await engine.streams.send(
    new DescribeStreamCommand({ StreamArn }),
  )
  const { ShardIterator } = await engine.streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: stream?.Shards?.[0]?.ShardId,
      ShardIteratorType,
      ...(SequenceNumber === undefined ? {} : { SequenceNumber }),
    }),
  )
  return ShardIterator
}

const records = (ShardIterator: string | undefined, Limit?: number) =>
  engine.streams.send(new GetRecordsCommand({ ShardIterator, ...(Limit ? { Limit } : {}) }))

const events = (found: _Record[] | undefined) =>
  found?.map(({ eventName, dynamodb }) => [
    eventName,
    dynamodb?.OldImage?.['v']?.S,
    dynamodb?.NewImage?.['v']?.S,
  ])

describe('DynamoDB Streams', () => {
  it.each([
    ['KEYS_ONLY', undefined, undefined],
    ['NEW_IMAGE', undefined, 'two'],
    ['OLD_IMAGE', 'one', undefined],
    ['NEW_AND_OLD_IMAGES', 'one', 'two'],
  ] as const)('shows %s', async (viewType, before, after) => {
    const table = `view-${viewType}`
    const arn = await streamed(table, viewType)
    await put(table, 'a', 'one')
    await put(table, 'a', 'two')
    await put(table, 'a', 'two')
    await engine.client.send(new DeleteItemCommand({ TableName: table, Key: { p: { S: 'a' } } }))

    const { Records: found } = await records(await iterator(arn, 'TRIM_HORIZON'))

    expect(found?.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE'])
    expect(events(found)?.[1]).toEqual(['MODIFY', before, after])
    expect(found?.[1]).toMatchObject({
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: { Keys: { p: { S: 'a' } }, StreamViewType: viewType },
    })
  })

  it('starts where the iterator says', async () => {
    const arn = await streamed('positions', 'NEW_IMAGE')
    const latest = await iterator(arn, 'LATEST')
    for (const v of ['1', '2', '3']) await put('positions', v, v)

    const first = await records(await iterator(arn, 'TRIM_HORIZON'), 2)
    const second = first.Records?.[1]?.dynamodb?.SequenceNumber

    expect(second).toMatch(/^\d{21,40}$/)
    expect(events((await records(first.NextShardIterator)).Records)).toHaveLength(1)
    expect((await records(await iterator(arn, 'AT_SEQUENCE_NUMBER', second))).Records).toHaveLength(
      2,
    )
    expect(
      (await records(await iterator(arn, 'AFTER_SEQUENCE_NUMBER', second))).Records,
    ).toHaveLength(1)
    expect((await records(latest)).Records).toHaveLength(3)
    expect((await records(await iterator(arn, 'LATEST'))).Records).toHaveLength(0)
  })

  it('lets an iterator expire, and refuses one that is none', async () => {
    const arn = await streamed('expiring', 'NEW_IMAGE')
    const old = await iterator(arn, 'LATEST')

    clock.advance(16 * 60 * 1000)

    expect(await refusal(records(old))).toContain('ExpiredIteratorException')
    expect(await refusal(records('nonsense'))).toContain('ValidationException')
  })

  it('keeps a disabled stream readable, closed, and lists it', async () => {
    const arn = await streamed('disabled', 'NEW_IMAGE')
    await put('disabled', 'a', '1')
    await engine.client.send(
      new UpdateTableCommand({
        TableName: 'disabled',
        StreamSpecification: { StreamEnabled: false },
      }),
    )
    await put('disabled', 'b', '2')

    const page = await records(await iterator(arn, 'TRIM_HORIZON'))

    expect(page.Records).toHaveLength(1)
    expect(page.NextShardIterator).toBeUndefined()
    await engine.client.send(
      new UpdateTableCommand({
        TableName: 'disabled',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      }),
    )
    const { Streams: all } = await engine.streams.send(
      new ListStreamsCommand({ TableName: 'disabled' }),
    )
    expect(all).toHaveLength(2)
    const { Table: table } = await engine.client.send(
      new DescribeTableCommand({ TableName: 'disabled' }),
    )
    expect(table?.LatestStreamArn).not.toBe(arn)
  })

  it('attributes what TTL deletes to DynamoDB', async () => {
    const arn = await streamed('ttl', 'OLD_IMAGE')
    await engine.client.send(
      new UpdateTimeToLiveCommand({
        TableName: 'ttl',
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' },
      }),
    )
    const until = { N: String(Math.floor(clock.now() / 1000) + 5) }
    await engine.client.send(
      new PutItemCommand({ TableName: 'ttl', Item: { p: { S: 'a' }, until } }),
    )

    let next = await iterator(arn, 'TRIM_HORIZON')
    const found: _Record[] = []
    while (found.length < 2) {
      clock.advance(1000)
      const page = await records(next)
      found.push(...(page.Records ?? []))
      next = page.NextShardIterator
    }

    expect(found[1]).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' },
    })
  })

  it('trims after 24 hours, and forgets the stream of a deleted table then', async () => {
    const arn = await streamed('trimmed', 'NEW_IMAGE')
    await put('trimmed', 'a', 'old')
    const { Records: old } = await records(await iterator(arn, 'TRIM_HORIZON'))
    const sequence = old?.[0]?.dynamodb?.SequenceNumber
    clock.advance(23 * hourMs)
    await put('trimmed', 'b', 'new')
    clock.advance(2 * hourMs)
    const oldest = async () => (await records(await iterator(arn, 'TRIM_HORIZON'))).Records?.[0]

    while ((await oldest())?.dynamodb?.NewImage?.['v']?.S === 'old') clock.advance(1000)

    expect((await oldest())?.dynamodb?.NewImage?.['v']?.S).toBe('new')
    expect(await refusal(iterator(arn, 'AT_SEQUENCE_NUMBER', sequence))).toContain(
      'TrimmedDataAccessException',
    )
    await engine.client.send(new DeleteTableCommand({ TableName: 'trimmed' }))
    expect(await oldest()).toBeDefined()
    clock.advance(25 * hourMs)
    const describeStream = new DescribeStreamCommand({ StreamArn: arn })
    while ((await refusal(engine.streams.send(describeStream))) === 'no error') clock.advance(1000)
    expect(await refusal(engine.streams.send(describeStream))).toContain(
      'ResourceNotFoundException',
    )
  })
})
