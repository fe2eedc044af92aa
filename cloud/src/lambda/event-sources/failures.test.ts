import { describe, expect, it } from 'vitest'
import { AwsError } from '../../kernel/index.ts'
import { queueArn, started, streamArn, world } from './event-sources-world.ts'

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
