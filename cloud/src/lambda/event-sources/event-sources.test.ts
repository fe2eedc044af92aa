import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError, JsonText, manualClock, seededIds } from '../../kernel/index.ts'
import type { Environment, ManualClock, Report } from '../../kernel/index.ts'
import type { CheckpointStore, InvocationAnswer } from '../ports.ts'
import { eventSourceDefaults, type EventSourceDefinition } from './definition.ts'
import { createEventSources, type EventSources } from './event-sources.ts'
import { memoryStream, type MemoryStream } from './memory-stream.ts'

const streamArn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01'
const queueArn = 'arn:aws:sqs:eu-west-1:000000000000:failed'

type Delivered = { readonly keys: string[]; readonly numbers: string[] }
type Answer = (delivered: Delivered, count: number) => unknown

type World = {
  clock: ManualClock
  stream: MemoryStream
  checkpoints: Map<string, string>
  sources: EventSources
  deliveries: Delivered[]
  sent: { destination: string; body: unknown }[]
  reports: Report[]
  delivered: () => string[]
  /** Closes the sources and makes new ones over the same stream and checkpoints. */
  restart: () => Promise<void>
  answer: Answer
  refuseDestination: boolean
  /** How many saves still fail. */
  failingSaves: number
}

function world(answer: Answer = () => ({})): World {
  const clock = manualClock()
  const reports: Report[] = []
  const environment: Environment = {
    clock,
    ids: seededIds(1),
    region: 'eu-west-1',
    accountId: '000000000000',
    report: (event) => void reports.push(event),
  }
  const checkpoints = new Map<string, string>()
  const store: CheckpointStore = {
    get: (id) => checkpoints.get(id),
    async put(id, value) {
      await Promise.resolve()
      if (self.failingSaves-- > 0) throw new Error('the disk is full')
      checkpoints.set(id, value)
    },
    remove: (id) => Promise.resolve().then(() => void checkpoints.delete(id)),
  }
  const self: World = {
    clock,
    stream: memoryStream(streamArn, clock.now),
    checkpoints,
    deliveries: [],
    sent: [],
    reports,
    delivered: () => self.deliveries.flatMap((each) => each.keys),
    sources: undefined as unknown as EventSources, // set below
    answer,
    refuseDestination: false,
    failingSaves: 0,
    async restart() {
      await self.sources.close()
      self.sources = create()
    },
  }
  async function invoke(_name: string, payload: string): Promise<InvocationAnswer> {
    const event = JSON.parse(payload) as {
      Records: { dynamodb: { SequenceNumber: string; Keys: { id: { S: string } } } }[]
    }
    const delivered = {
      keys: event.Records.map((record) => record.dynamodb.Keys.id.S),
      numbers: event.Records.map((record) => record.dynamodb.SequenceNumber),
    }
    await Promise.resolve()
    self.deliveries.push(delivered)
    const result = await self.answer(delivered, self.deliveries.length)
    const requestId = `request-${self.deliveries.length}`
    if (result === 'fail') {
      return { payload: '{"errorMessage":"no"}', functionError: 'Unhandled', requestId }
    }
    if (result instanceof Error) throw result
    return { payload: JSON.stringify(result), requestId }
  }
  const create = (): EventSources =>
    createEventSources({
      environment,
      invoke,
      streams: self.stream,
      checkpoints: store,
      destinations: async (destination, body) => {
        if (self.refuseDestination) throw new Error('no such queue')
        self.sent.push({ destination, body: JSON.parse(body) as unknown })
        await Promise.resolve()
      },
    })
  self.sources = create()
  return self
}

const definition = (over: Partial<EventSourceDefinition> = {}): EventSourceDefinition => ({
  ...eventSourceDefaults,
  uuid: 'mapping-1',
  functionName: 'projector',
  eventSourceArn: streamArn,
  ...over,
})

async function started(w: World, over: Partial<EventSourceDefinition> = {}): Promise<void> {
  if (w.stream.shards(streamArn) === undefined) w.stream.open('shard-1')
  w.sources.put(definition(over))
  w.sources.start()
  await w.sources.idle()
}

describe('delivery', () => {
  it('delivers what was there and what comes, in order, without waiting for the clock', async () => {
    const w = world()
    w.stream.open('shard-1')
    w.stream.append('shard-1', 'a', 'b')

    await started(w)
    w.stream.append('shard-1', 'c')
    w.stream.append('shard-1', 'd')
    await w.sources.idle()

    expect(w.deliveries.map((each) => each.keys)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(w.sources.list()[0]?.lastProcessingResult).toBe('OK')
  })

  it('sends records as AWS does, images that are JSON text included', async () => {
    const payloads: string[] = []
    const w = world()
    w.stream.open('shard-1')
    const [number] = w.stream.append('shard-1', 'a')
    const read = w.stream.read
    const image = new JsonText('{"price":{"N":"3.50"}}')
    const sources = createEventSources({
      environment: {
        clock: w.clock,
        ids: seededIds(1),
        region: 'eu-west-1',
        accountId: '0',
        report: () => {},
      },
      streams: {
        ...w.stream,
        read: (...given) => {
          const page = read(...given)
          return {
            ...page,
            records: page.records.map((each) => ({
              ...each,
              dynamodb: { ...each.dynamodb, NewImage: image },
            })),
          }
        },
      },
      checkpoints: { get: () => undefined, put: async () => {}, remove: async () => {} },
      destinations: async () => {},
      invoke: (_name, payload) => {
        payloads.push(payload)
        return Promise.resolve({ payload: 'null', requestId: 'r' })
      },
    })

    sources.put(definition())
    sources.start()
    await sources.idle()

    expect(JSON.parse(payloads[0] ?? '')).toEqual({
      Records: [
        {
          eventID: 'event-1',
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'eu-west-1',
          eventSourceARN: streamArn,
          dynamodb: {
            ApproximateCreationDateTime: Date.UTC(2026, 0, 1) / 1000,
            Keys: { id: { S: 'a' } },
            NewImage: { price: { N: '3.50' } },
            SequenceNumber: number,
            SizeBytes: 40,
            StreamViewType: 'NEW_IMAGE',
          },
        },
      ],
    })
  })

  it('keeps to the batch size', async () => {
    const w = world()
    w.stream.open('shard-1')
    w.stream.append('shard-1', 'a', 'b', 'c', 'd', 'e')

    await started(w, { batchSize: 2 })

    expect(w.deliveries.map((each) => each.keys.length)).toEqual([2, 2, 1])
  })

  it('gathers records until the batching window closes or the batch is full', async () => {
    const w = world()
    await started(w, { batchSize: 3, maximumBatchingWindowSeconds: 5 })

    w.stream.append('shard-1', 'a')
    await w.sources.idle()
    w.clock.advance(4_999)
    await w.sources.idle()
    expect(w.deliveries).toEqual([])
    w.clock.advance(1)
    await w.sources.idle()
    expect(w.delivered()).toEqual(['a'])

    w.stream.append('shard-1', 'b', 'c', 'd')
    await w.sources.idle()
    expect(w.delivered()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('starts at LATEST where the stream was at the first start, also after a restart', async () => {
    const w = world()
    w.stream.open('shard-1')
    w.stream.append('shard-1', 'old')
    await started(w, { startingPosition: 'LATEST' })
    await w.sources.close()
    w.stream.append('shard-1', 'while stopped')

    await w.restart()
    await started(w, { startingPosition: 'LATEST' })

    expect(w.delivered()).toEqual(['while stopped'])
  })

  it('reads the children of a shard after all of it is done', async () => {
    const w = world((_d, count) => (count === 1 ? 'fail' : {}))
    w.stream.open('shard-1')
    w.stream.append('shard-1', 'a')
    w.stream.close('shard-1')
    w.stream.open('shard-2', 'shard-1')
    w.stream.append('shard-2', 'b')
    w.stream.open('shard-3', 'gone')
    w.stream.append('shard-3', 'c')

    await started(w)
    expect(w.delivered()).toEqual(['a', 'c'])
    w.clock.advance(1_000)
    await w.sources.idle()

    expect(w.delivered()).toEqual(['a', 'c', 'a', 'b'])
  })

  it('waits for a stream that is not there yet', async () => {
    const w = world()
    w.sources.put(definition())
    w.sources.start()
    await w.sources.idle()

    w.stream.open('shard-1')
    w.stream.append('shard-1', 'a')
    await w.sources.idle()

    expect(w.delivered()).toEqual(['a'])
  })

  it('keeps the order of each item with parallel batches', async () => {
    const w = world()
    w.stream.open('shard-1')
    const keys = Array.from({ length: 60 }, (_, i) => `k${i % 7}`)
    const numbers = w.stream.append('shard-1', ...keys)

    await started(w, { parallelizationFactor: 4, batchSize: 3 })

    const byKey = new Map<string, string[]>()
    for (const each of w.deliveries) {
      expect(each.keys.length).toBeLessThanOrEqual(3)
      each.keys.forEach((key, i) =>
        byKey.set(key, [...(byKey.get(key) ?? []), each.numbers[i] ?? '']),
      )
    }
    for (const [key, found] of byKey) {
      expect(found).toEqual(numbers.filter((_, i) => keys[i] === key))
    }
    expect([...w.checkpoints.values()].join()).toContain(numbers.at(-1))
  })
})

describe('filters', () => {
  it('pass over what does not match and move the position on', async () => {
    const w = world()
    w.stream.open('shard-1')
    const numbers = w.stream.append('shard-1', 'a1', 'b1', 'a2', 'b2')

    await started(w, {
      filters: ['{"dynamodb":{"Keys":{"id":{"S":[{"prefix":"a"}]}}}}'],
    })

    expect(w.delivered()).toEqual(['a1', 'a2'])
    expect(JSON.parse([...w.checkpoints.values()][0] ?? '')).toEqual({
      shards: { 'shard-1': { after: numbers[3] } },
    })
  })
})

describe('failures', () => {
  it('are retried with growing waits until they succeed', async () => {
    const w = world((_d, count) => (count < 4 ? 'fail' : {}))
    await started(w)
    w.stream.append('shard-1', 'a')
    await w.sources.idle()

    const counts = [w.deliveries.length]
    for (const ms of [99, 1, 199, 1, 400]) {
      w.clock.advance(ms)
      await w.sources.idle()
      counts.push(w.deliveries.length)
    }

    expect(counts).toEqual([1, 1, 2, 2, 3, 4])
    expect(w.sent).toEqual([])
  })

  it('go to the destination when the retries are used up, and the shard goes on', async () => {
    const w = world(({ keys }) => (keys.includes('bad') ? 'fail' : {}))
    await started(w, {
      batchSize: 1,
      maximumRetryAttempts: 1,
      onFailureDestination: queueArn,
    })
    const numbers = w.stream.append('shard-1', 'bad', 'good')
    await w.sources.idle()

    w.clock.advance(1_500)
    await w.sources.idle()

    expect(w.delivered()).toEqual(['bad', 'bad', 'good'])
    expect(w.sent).toEqual([
      {
        destination: queueArn,
        body: {
          requestContext: {
            requestId: 'request-2',
            functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:projector',
            condition: 'RetryAttemptsExhausted',
            approximateInvokeCount: 2,
          },
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            functionError: 'Unhandled',
          },
          version: '1.0',
          timestamp: '2026-01-01T00:00:01.500Z',
          DDBStreamBatchInfo: {
            shardId: 'shard-1',
            startSequenceNumber: numbers[0],
            endSequenceNumber: numbers[0],
            approximateArrivalOfFirstRecord: '2026-01-01T00:00:00Z',
            approximateArrivalOfLastRecord: '2026-01-01T00:00:00Z',
            batchSize: 1,
            streamArn,
          },
        },
      },
    ])
  })

  it('are cut down to the bad record by bisecting, without using up retries', async () => {
    const w = world(({ keys }) => (keys.includes('bad') ? 'fail' : {}))
    await started(w, {
      maximumRetryAttempts: 0,
      bisectBatchOnFunctionError: true,
      onFailureDestination: queueArn,
    })

    w.stream.append('shard-1', 'a', 'b', 'bad', 'c', 'd')
    await w.sources.idle()

    const succeeded = w.deliveries.filter((each) => !each.keys.includes('bad'))
    expect(succeeded.flatMap((each) => each.keys)).toEqual(['a', 'b', 'c', 'd'])
    expect(w.sent).toHaveLength(1)
    expect(w.sent[0]?.body).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } })
  })

  it('of single items are retried from the lowest one reported', async () => {
    const w = world(({ numbers }, count) =>
      count === 1
        ? { batchItemFailures: [2, 1].map((i) => ({ itemIdentifier: numbers[i] })) }
        : { batchItemFailures: [] },
    )
    await started(w, { reportBatchItemFailures: true })
    const numbers = w.stream.append('shard-1', 'a', 'b', 'c')
    await w.sources.idle()
    expect(JSON.parse([...w.checkpoints.values()][0] ?? '')).toEqual({
      shards: { 'shard-1': { after: numbers[0] } },
    })

    w.clock.advance(100)
    await w.sources.idle()

    expect(w.deliveries.map((each) => each.keys)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ])
  })

  it('to invoke (throttled, no such function) do not count as attempts', async () => {
    const throttled = new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 })
    const missing = new AwsError('ResourceNotFoundException', 'no function', { status: 404 })
    const w = world((_d, count) => (count === 1 ? throttled : count === 2 ? missing : {}))
    await started(w, { maximumRetryAttempts: 0, onFailureDestination: queueArn })

    w.stream.append('shard-1', 'a')
    await w.sources.idle()
    w.clock.advance(100)
    await w.sources.idle()
    w.clock.advance(200)
    await w.sources.idle()

    expect(w.delivered()).toEqual(['a', 'a', 'a'])
    expect(w.sent).toEqual([])
    expect(w.sources.list()[0]?.lastProcessingResult).toBe('OK')
  })

  it('end when a record is too old', async () => {
    const w = world(({ keys }) => (keys.includes('bad') ? 'fail' : {}))
    await started(w, {
      batchSize: 1,
      maximumRecordAgeSeconds: 60,
      onFailureDestination: queueArn,
    })
    w.stream.append('shard-1', 'bad')
    await w.sources.idle()

    for (let second = 0; second < 100; second++) {
      w.clock.advance(1_000)
      await w.sources.idle()
    }
    w.stream.append('shard-1', 'good')
    await w.sources.idle()

    expect(w.delivered().at(-1)).toBe('good')
    expect(w.sent).toHaveLength(1)
    expect(w.sent[0]?.body).toMatchObject({
      requestContext: { condition: 'MaximumRecordAgeExceeded' },
      responseContext: { functionError: 'Unhandled' },
    })
  })
})

describe('destinations', () => {
  it('that do not take a record are tried again, then it is reported and the shard goes on', async () => {
    const w = world(({ keys }) => (keys.includes('bad') ? 'fail' : {}))
    w.refuseDestination = true
    await started(w, { batchSize: 1, maximumRetryAttempts: 0, onFailureDestination: queueArn })
    w.stream.append('shard-1', 'bad', 'good')
    await w.sources.idle()
    expect(w.delivered()).toEqual(['bad'])

    for (let turn = 0; turn < 10; turn++) {
      w.clock.advance(30_000)
      await w.sources.idle()
    }

    expect(w.delivered()).toEqual(['bad', 'good'])
    expect(w.reports).toMatchObject([
      { level: 'error', message: expect.stringContaining('DDBStreamBatchInfo') as string },
    ])
  })
})

describe('payloads', () => {
  it('stay under 6 MB, whatever the batch size', async () => {
    const w = world()
    w.stream.open('shard-1')
    const key = 'x'.repeat(1_000_000)
    w.stream.append('shard-1', ...Array.from({ length: 8 }, () => key))

    await started(w)

    // A record holds its key twice: three records are over 6 MB.
    expect(w.deliveries.map((each) => each.keys.length)).toEqual([3, 3, 2])
  })
})

describe('positions', () => {
  it('that cannot be saved are tried again; children wait for that', async () => {
    const w = world()
    w.failingSaves = 3
    w.stream.open('shard-1')
    w.stream.append('shard-1', 'a')
    w.stream.close('shard-1')
    w.stream.open('shard-2', 'shard-1')
    w.stream.append('shard-2', 'b')

    await started(w)
    expect(w.delivered()).toEqual(['a'])
    for (let second = 0; second < 3; second++) {
      w.clock.advance(1_000)
      await w.sources.idle()
    }

    expect(w.delivered()).toEqual(['a', 'b'])
    expect(w.reports).toHaveLength(3)
  })
})

describe('closing', () => {
  it('waits for a delivery under way and saves its position', async () => {
    let finish = (): void => {}
    const w = world(() => new Promise((resolve) => (finish = () => resolve({}))))
    w.stream.open('shard-1')
    w.sources.put(definition())
    w.sources.start()
    const [number] = w.stream.append('shard-1', 'a')
    while (w.deliveries.length === 0) await new Promise((resolve) => setImmediate(resolve))

    const closing = w.sources.close()
    finish()
    await closing

    expect(JSON.parse([...w.checkpoints.values()][0] ?? '')).toEqual({
      shards: { 'shard-1': { after: number } },
    })
  })
})

describe('changes', () => {
  it('let a mapping go on from where it stood, or stand still while it is disabled', async () => {
    const w = world()
    await started(w)
    w.stream.append('shard-1', 'a')
    await w.sources.idle()

    w.sources.put(definition({ enabled: false }))
    await w.sources.idle()
    w.stream.append('shard-1', 'b')
    await w.sources.idle()
    expect(w.delivered()).toEqual(['a'])
    w.sources.put(definition({ batchSize: 1 }))
    await w.sources.idle()

    expect(w.delivered()).toEqual(['a', 'b'])
  })

  it('forget the positions of a removed mapping', async () => {
    const w = world()
    await started(w)
    w.stream.append('shard-1', 'a')
    await w.sources.idle()

    w.sources.remove('mapping-1')
    await w.sources.idle()
    expect([...w.checkpoints]).toEqual([])
    w.sources.put(definition())
    await w.sources.idle()

    expect(w.delivered()).toEqual(['a', 'a'])
  })

  it('are refused when a value is out of range', () => {
    const w = world()

    expect(() => w.sources.put(definition({ batchSize: 0 }))).toThrow(/BatchSize/)
    expect(() => w.sources.put(definition({ startingPosition: 'AT_TIMESTAMP' }))).toThrow(
      /AT_TIMESTAMP/,
    )
    expect(() => w.sources.put(definition({ filters: ['{'] }))).toThrow(/filter pattern/)
  })
})

describe('whatever fails and restarts', () => {
  const outcome = fc.constantFrom('ok', 'fail', 'throttle', 'partial', 'invalid', 'restart')

  it('every record is delivered, none is skipped, and each key keeps its order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { maxLength: 25 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (outcomes, keys, parallelizationFactor, batchSize, bisectBatchOnFunctionError) => {
          const w = world()
          const succeeded: string[] = []
          let restart = false
          w.answer = ({ numbers }, count) => {
            const now = outcomes[count - 1] ?? 'ok'
            restart ||= now === 'restart'
            if (now === 'fail' || now === 'restart') return 'fail'
            if (now === 'throttle') return new AwsError('TooManyRequestsException', '')
            if (now === 'invalid') return { batchItemFailures: [{ itemIdentifier: '' }] }
            const done = now === 'partial' ? Math.floor(numbers.length / 2) : numbers.length
            succeeded.push(...numbers.slice(0, done))
            return { batchItemFailures: numbers.slice(done).map((n) => ({ itemIdentifier: n })) }
          }
          const over = {
            parallelizationFactor,
            batchSize,
            bisectBatchOnFunctionError,
            reportBatchItemFailures: true,
          }
          await started(w, over)

          const half = Math.floor(keys.length / 2)
          const numbers = w.stream.append('shard-1', ...keys.slice(0, half))
          w.stream.close('shard-1')
          w.stream.open('shard-2', 'shard-1')
          numbers.push(...w.stream.append('shard-2', ...keys.slice(half)))
          for (let turn = 0; turn < 60; turn++) {
            await w.sources.idle()
            if (restart) {
              restart = false
              await w.restart()
              await started(w, over)
            }
            w.clock.advance(31_000)
          }
          await w.sources.idle()

          expect([...new Set(succeeded)].sort()).toEqual(numbers)
          for (const key of ['a', 'b', 'c']) {
            const wanted = numbers.filter((_, i) => keys[i] === key)
            const firsts = [...new Set(succeeded)].filter((number) => wanted.includes(number))
            expect(firsts).toEqual(wanted)
          }
          await w.sources.close()
        },
      ),
      { numRuns: 60 },
    )
  })
})
