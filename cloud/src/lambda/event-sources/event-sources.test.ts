import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError, JsonText, seededIds } from '../../kernel/index.ts'
import { createEventSources } from './event-sources.ts'
import { definition, started, streamArn, world } from './event-sources-world.ts'

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
