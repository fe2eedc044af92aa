import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualClock, seededIds, type ManualClock } from '../kernel/index.ts'
import { openLmdbStore, openMemoryStore, type Store } from '../storage/index.ts'
import { createSqs, type Sqs } from './index.ts'

type Message = {
  MessageId: string
  ReceiptHandle: string
  Body: string
  MD5OfBody: string
  Attributes?: Record<string, string>
  MessageAttributes?: Record<string, unknown>
  MD5OfMessageAttributes?: string
}

type World = {
  clock: ManualClock
  sqs: Sqs
  call: (name: string, input: object) => Promise<Record<string, unknown>>
  receive: (input?: object) => Promise<Message[]>
}

const base = 'http://localhost:4566/000000000000'
const url = `${base}/orders`
const arnOf = (name: string): string => `arn:aws:sqs:eu-west-1:000000000000:${name}`

function world(store: Store = openMemoryStore(), clock = manualClock()): World {
  const sqs = createSqs({
    environment: {
      clock,
      ids: seededIds(7),
      region: 'eu-west-1',
      accountId: '000000000000',
      report: () => {},
    },
    store,
    endpoint: () => 'http://localhost:4566',
  })
  const call = async (name: string, input: object): Promise<Record<string, unknown>> =>
    // As wire does: what arrives is parsed JSON.
    (await sqs.operations.get(name)?.(JSON.parse(JSON.stringify(input)))) as Record<string, unknown>
  return {
    clock,
    sqs,
    call,
    receive: async (input = {}) =>
      ((await call('ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10, ...input }))[
        'Messages'
      ] ?? []) as Message[],
  }
}

async function withQueue(attributes: Record<string, string> = {}, store?: Store): Promise<World> {
  const w = world(store)
  await w.call('CreateQueue', { QueueName: 'orders', Attributes: attributes })
  return w
}

describe('queues', () => {
  it('are created once, found, listed, and gone with their messages', async () => {
    const w = world()

    expect(await w.call('CreateQueue', { QueueName: 'orders' })).toEqual({ QueueUrl: url })
    await w.call('CreateQueue', { QueueName: 'other', tags: { team: 'a' } })
    await w.call('CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '30' } })
    await expect(
      w.call('CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '31' } }),
    ).rejects.toMatchObject({ code: 'QueueNameExists' })

    expect(await w.call('GetQueueUrl', { QueueName: 'orders' })).toEqual({ QueueUrl: url })
    expect(await w.call('ListQueues', {})).toEqual({ QueueUrls: [url, `${base}/other`] })
    expect(await w.call('ListQueues', { QueueNamePrefix: 'ot' })).toEqual({
      QueueUrls: [`${base}/other`],
    })
    const page = await w.call('ListQueues', { MaxResults: 1 })
    expect(page['QueueUrls']).toEqual([url])
    expect(await w.call('ListQueues', { MaxResults: 1, NextToken: page['NextToken'] })).toEqual({
      QueueUrls: [`${base}/other`],
    })
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' })
    await w.call('DeleteQueue', { QueueUrl: url })
    await expect(w.call('GetQueueUrl', { QueueName: 'orders' })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
    })
    await w.call('CreateQueue', { QueueName: 'orders' })
    expect(await w.receive()).toEqual([])
  })

  it('have attributes with defaults, which can be changed and taken back', async () => {
    const w = await withQueue({ DelaySeconds: '5' })

    await w.call('SetQueueAttributes', {
      QueueUrl: url,
      Attributes: { DelaySeconds: '', VisibilityTimeout: '7' },
    })
    const { Attributes } = await w.call('GetQueueAttributes', {
      QueueUrl: url,
      AttributeNames: ['All'],
    })

    expect(Attributes).toMatchObject({
      QueueArn: arnOf('orders'),
      DelaySeconds: '0',
      VisibilityTimeout: '7',
      MessageRetentionPeriod: '345600',
      MaximumMessageSize: '1048576',
      ApproximateNumberOfMessages: '0',
    })
  })

  it('have tags', async () => {
    const w = await withQueue()

    await w.call('TagQueue', { QueueUrl: url, Tags: { a: '1', b: '2' } })
    await w.call('UntagQueue', { QueueUrl: url, TagKeys: ['a'] })

    expect(await w.call('ListQueueTags', { QueueUrl: url })).toEqual({ Tags: { b: '2' } })
  })

  it.each([
    ['CreateQueue', { QueueName: 'a.fifo' }, 'UnsupportedOperation'],
    ['CreateQueue', { QueueName: 'a b' }, 'InvalidParameterValue'],
    ['CreateQueue', {}, 'MissingParameter'],
    ['CreateQueue', { QueueName: 'a', Attributes: { Colour: 'red' } }, 'InvalidAttributeName'],
    ['CreateQueue', { QueueName: 'a', Attributes: { __proto__x: 'r' } }, 'InvalidAttributeName'],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { DelaySeconds: '901' } },
      'InvalidAttributeValue',
    ],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { RedrivePolicy: '{' } },
      'InvalidParameterValue',
    ],
    [
      'CreateQueue',
      { QueueName: 'a', Attributes: { RedrivePolicy: 'null' } },
      'InvalidParameterValue',
    ],
    ['CreateQueue', { QueueName: 'a', Attributes: { FifoQueue: 'true' } }, 'UnsupportedOperation'],
    ['SendMessage', { QueueUrl: `${base}/none`, MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['SendMessage', { QueueUrl: `${base}/\0`, MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['SendMessage', { QueueUrl: url }, 'MissingParameter'],
    ['SendMessage', { QueueUrl: url, MessageBody: '\u0000' }, 'InvalidMessageContents'],
    ['SendMessage', { QueueUrl: url, MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    [
      'SendMessage',
      { QueueUrl: url, MessageBody: 'x', DelaySeconds: 901 },
      'InvalidParameterValue',
    ],
    [
      'SendMessage',
      { QueueUrl: url, MessageBody: 'x', MessageDeduplicationId: 'd' },
      'InvalidParameterValue',
    ],
    ['ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    ['DeleteMessage', { QueueUrl: url, ReceiptHandle: 'abc' }, 'ReceiptHandleIsInvalid'],
    ['GetQueueAttributes', { QueueUrl: url, AttributeNames: ['Nope'] }, 'InvalidAttributeName'],
    ['SendMessageBatch', { QueueUrl: url, Entries: [] }, 'EmptyBatchRequest'],
    ['DeleteMessageBatch', { QueueUrl: url, Entries: [{ Id: 'a b' }] }, 'InvalidBatchEntryId'],
    ['SendMessage', { QueueUrl: 5, MessageBody: 'x' }, 'SerializationException'],
  ])('refuse %s: case %#', async (name, input, code) => {
    const w = await withQueue()

    await expect(w.call(name, input)).rejects.toMatchObject({ code })
  })
})

describe('messages', () => {
  it('are received in order, invisible for a while, and deleted', async () => {
    const w = await withQueue()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'first' })
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'second' })

    const [first, second] = await w.receive()
    expect([first?.Body, second?.Body]).toEqual(['first', 'second'])
    expect(first?.MD5OfBody).toBe('8b04d5e3775d298e78455efc5ca404d5')
    expect(await w.receive()).toEqual([])
    await w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: first?.ReceiptHandle })
    w.clock.advance(30_000)

    const again = await w.receive({ AttributeNames: ['All'] })
    expect(again.map((each) => each.Body)).toEqual(['second'])
    expect(again[0]?.Attributes).toMatchObject({
      SenderId: '000000000000',
      SentTimestamp: String(Date.UTC(2026, 0, 1)),
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: String(Date.UTC(2026, 0, 1)),
    })
  })

  it('are not deleted by a handle that a later receive replaced', async () => {
    const w = await withQueue()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' })
    const [old] = await w.receive({ VisibilityTimeout: 0 })
    await w.receive({ VisibilityTimeout: 0 })

    await w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: old?.ReceiptHandle })

    expect(await w.receive()).toHaveLength(1)
  })

  it('carry attributes with AWS digests', async () => {
    const w = await withQueue()
    const attributes = {
      price: { DataType: 'Number', StringValue: '3.50' },
      'trace.id': { DataType: 'String', StringValue: 'abc' },
      raw: { DataType: 'Binary', BinaryValue: 'AAEC' },
    }

    const sent = await w.call('SendMessage', {
      QueueUrl: url,
      MessageBody: 'x',
      MessageAttributes: attributes,
    })
    const [all] = await w.receive({ MessageAttributeNames: ['All'], VisibilityTimeout: 0 })
    const [some] = await w.receive({ MessageAttributeNames: ['trace.*'] })

    expect(all?.MessageAttributes).toEqual(attributes)
    expect(all?.MD5OfMessageAttributes).toBe(sent['MD5OfMessageAttributes'])
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['trace.id'])
  })

  it('wait for their delay', async () => {
    const w = await withQueue()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x', DelaySeconds: 5 })

    expect(await w.receive()).toEqual([])
    w.clock.advance(5_000)
    expect(await w.receive()).toHaveLength(1)
  })

  it('are counted by what they do', async () => {
    const w = await withQueue()
    for (const DelaySeconds of [0, 0, 9]) {
      await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x', DelaySeconds })
    }
    await w.receive({ MaxNumberOfMessages: 1 })

    const { Attributes } = await w.call('GetQueueAttributes', {
      QueueUrl: url,
      AttributeNames: ['All'],
    })

    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    })
    await w.call('PurgeQueue', { QueueUrl: url })
    w.clock.advance(60_000)
    expect(await w.receive()).toEqual([])
  })

  it('come visible sooner or later by ChangeMessageVisibility', async () => {
    const w = await withQueue()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' })
    const [message] = await w.receive()
    const change = (seconds: number): Promise<unknown> =>
      w.call('ChangeMessageVisibility', {
        QueueUrl: url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: seconds,
      })

    await change(60)
    w.clock.advance(59_000)
    expect(await w.receive()).toEqual([])
    await change(0)
    await expect(change(5)).rejects.toMatchObject({ code: 'MessageNotInflight' })

    expect(await w.receive()).toHaveLength(1)
  })

  it('go to the dead-letter queue after too many receives', async () => {
    const w = world()
    await w.call('CreateQueue', { QueueName: 'dead' })
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: arnOf('dead'),
      maxReceiveCount: '2',
    })
    await w.call('CreateQueue', { QueueName: 'orders', Attributes: { RedrivePolicy } })
    const { MessageId } = await w.call('SendMessage', { QueueUrl: url, MessageBody: 'poison' })

    for (let receive = 0; receive < 2; receive++) {
      expect(await w.receive({ VisibilityTimeout: 0 })).toHaveLength(1)
    }
    expect(await w.receive()).toEqual([])
    const [dead] = await w.receive({ QueueUrl: `${base}/dead`, AttributeNames: ['All'] })

    expect(dead).toMatchObject({ MessageId, Body: 'poison' })
    expect(dead?.Attributes?.['DeadLetterQueueSourceArn']).toBe(arnOf('orders'))
    expect(await w.call('ListDeadLetterSourceQueues', { QueueUrl: `${base}/dead` })).toEqual({
      queueUrls: [url],
    })
  })

  it('are gone after their retention, whether somebody receives or not', async () => {
    const store = openMemoryStore()
    const w = await withQueue({ MessageRetentionPeriod: '60' }, store)
    w.sqs.start()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' })
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'y' })

    w.clock.advance(59_999)
    expect(await w.receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 0 })).toHaveLength(1)
    w.clock.advance(1)
    expect(await w.receive()).toEqual([])
    await store.write(() => {}) // the sweep's own transaction was asked for before

    const all = { from: Buffer.from('sqs/m'), to: Buffer.from('sqs/p') }
    expect([...store.reader.range(all)]).toEqual([])
    w.sqs.close()
  })

  it('are sent and deleted in batches, each entry by itself', async () => {
    const w = await withQueue()

    const sent = await w.call('SendMessageBatch', {
      QueueUrl: url,
      Entries: [
        { Id: 'a', MessageBody: 'one' },
        { Id: 'b', MessageBody: '' },
      ],
    })
    const [message] = await w.receive()
    const deleted = await w.call('DeleteMessageBatch', {
      QueueUrl: url,
      Entries: [
        { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
        { Id: 'b', ReceiptHandle: 'nonsense' },
      ],
    })

    expect(sent).toMatchObject({
      Successful: [{ Id: 'a', MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82' }],
      Failed: [{ Id: 'b', SenderFault: true, Code: 'MissingParameter' }],
    })
    expect(deleted).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }],
    })
  })
})

describe('long polling', () => {
  it('answers as soon as a message comes', async () => {
    const w = await withQueue()
    const waiting = w.receive({ WaitTimeSeconds: 20 })

    await w.sqs.send(arnOf('orders'), 'hello')

    expect((await waiting).map((each) => each.Body)).toEqual(['hello'])
  })

  it('answers when a message becomes visible again, or with none when its time is over', async () => {
    const w = await withQueue()
    await w.call('SendMessage', { QueueUrl: url, MessageBody: 'x' })
    await w.receive({ VisibilityTimeout: 3 })

    const again = w.receive({ WaitTimeSeconds: 20 })
    w.clock.advance(3_000)
    expect(await again).toHaveLength(1)

    const none = w.receive({ WaitTimeSeconds: 20 })
    w.clock.advance(20_000)
    expect(await none).toEqual([])
  })

  it('ends when the queue goes or everything closes', async () => {
    const w = await withQueue()
    const gone = w.receive({ WaitTimeSeconds: 20 })
    await w.call('DeleteQueue', { QueueUrl: url })
    await expect(gone).rejects.toMatchObject({ code: 'QueueDoesNotExist' })

    await w.call('CreateQueue', { QueueName: 'orders' })
    const closing = w.receive({ WaitTimeSeconds: 20 })
    w.sqs.close()
    expect(await closing).toEqual([])
  })

  it('gives one message to one of many who wait', async () => {
    const w = await withQueue()
    const waiting = [1, 2, 3].map(() => w.receive({ WaitTimeSeconds: 10 }))

    await w.sqs.send(arnOf('orders'), 'only')
    w.clock.advance(10_000)
    const answers = await Promise.all(waiting)

    expect(answers.map((each) => each.length).sort((a, b) => a - b)).toEqual([0, 0, 1])
  })
})

it('keeps queues and messages through a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-sqs-'))
  const clock = manualClock()
  const first = openLmdbStore(folder, { durability: 'process' })
  const before = world(first, clock)
  await before.call('CreateQueue', { QueueName: 'orders' })
  await before.sqs.send(arnOf('orders'), 'kept')
  const [received] = await before.receive()
  await before.sqs.send(arnOf('orders'), 'second')
  await first.close()

  const second = openLmdbStore(folder, { durability: 'process' })
  const after = world(second, clock)
  await after.sqs.send(arnOf('orders'), 'third')
  expect((await after.receive()).map((each) => each.Body)).toEqual(['second', 'third'])
  clock.advance(10_000)
  await after.call('DeleteMessage', { QueueUrl: url, ReceiptHandle: received?.ReceiptHandle })
  clock.advance(20_000)
  expect((await after.receive()).map((each) => each.Body)).toEqual(['second', 'third'])

  await second.close()
  rmSync(folder, { recursive: true })
})
