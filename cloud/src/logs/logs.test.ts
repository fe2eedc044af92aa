import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualClock, seededIds, type Report } from '../kernel/index.ts'
import { openLmdbStore, openMemoryStore, type Store } from '../storage/index.ts'
import { createLogs, type Logs } from './index.ts'
import { sinkBytesMax } from './limits.ts'

const startMs = Date.UTC(2026, 0, 1)
const dayMs = 24 * 60 * 60 * 1000
const logGroupName = '/aws/lambda/cargo'

type Event = { timestamp: number; message: string; logStreamName?: string }
type World = {
  logs: Logs
  clock: ReturnType<typeof manualClock>
  reports: Report[]
  call: (name: string, input: object) => Promise<Record<string, unknown>>
  filter: (input?: object) => Promise<string[]>
}

function world(store: Store = openMemoryStore(), clock = manualClock(startMs)): World {
  const reports: Report[] = []
  const logs = createLogs({
    environment: {
      clock,
      ids: seededIds(1),
      region: 'eu-west-1',
      accountId: '000000000000',
      report: (event) => void reports.push(event),
    },
    store,
  })
  const call = async (name: string, input: object): Promise<Record<string, unknown>> =>
    (await logs.operations.get(name)?.(JSON.parse(JSON.stringify(input)))) as Record<
      string,
      unknown
    >
  const filter = async (input: object = {}): Promise<string[]> =>
    ((await call('FilterLogEvents', { logGroupName, ...input }))['events'] as Event[]).map(
      (event) => event.message,
    )
  return { logs, clock, reports, call, filter }
}

const event = (message: string, offsetMs = 0): Event => ({ timestamp: startMs + offsetMs, message })

async function withStream(...streams: string[]): Promise<World> {
  const w = world()
  await w.call('CreateLogGroup', { logGroupName })
  for (const logStreamName of streams) {
    await w.call('CreateLogStream', { logGroupName, logStreamName })
  }
  return w
}

describe('groups and streams', () => {
  it('are created, described and deleted', async () => {
    const w = await withStream('one', 'two')
    await w.call('CreateLogGroup', { logGroupName: '/other', tags: { a: '1' } })

    const { logGroups } = await w.call('DescribeLogGroups', { logGroupNamePrefix: '/aws' })
    expect(logGroups).toMatchObject([
      {
        logGroupName,
        creationTime: startMs,
        storedBytes: 0,
        arn: 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/cargo:*',
      },
    ])
    const page = await w.call('DescribeLogGroups', { limit: 1 })
    const rest = await w.call('DescribeLogGroups', { limit: 1, nextToken: page['nextToken'] })
    expect(rest).toMatchObject({ logGroups: [{ logGroupName: '/other' }] })
    expect(rest).not.toHaveProperty('nextToken')
    await w.call('DeleteLogGroup', { logGroupName })
    await expect(w.call('DescribeLogStreams', { logGroupName })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    })
  })

  it('start empty when they are made anew', async () => {
    const w = await withStream()
    w.logs.sink.write(logGroupName, 's', [event('old')])
    await w.call('DeleteLogGroup', { logGroupName })
    await w.call('CreateLogGroup', { logGroupName })

    expect(await w.filter()).toEqual([])
    expect(await w.call('DescribeLogStreams', { logGroupName })).toEqual({ logStreams: [] })
  })

  it('list streams by name or by last event', async () => {
    const w = await withStream('a', 'b', 'c')
    const put = (logStreamName: string, offsetMs: number): Promise<unknown> =>
      w.call('PutLogEvents', { logGroupName, logStreamName, logEvents: [event('x', offsetMs)] })
    await put('b', 5)
    await put('a', 9)
    const names = async (input: object): Promise<string[]> =>
      (
        (await w.call('DescribeLogStreams', { logGroupName, ...input }))['logStreams'] as {
          logStreamName: string
        }[]
      ).map((stream) => stream.logStreamName)

    expect(await names({})).toEqual(['a', 'b', 'c'])
    expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'b', 'c'])
    expect(await names({ orderBy: 'LastEventTime', limit: 2 })).toEqual(['c', 'b'])
    expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b'])
    await w.call('DeleteLogStream', { logGroupName, logStreamName: 'a' })
    expect(await w.filter()).toEqual(['x'])
  })

  it('have tags, in both forms', async () => {
    const w = await withStream()
    const resourceArn = `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}`

    await w.call('TagResource', { resourceArn, tags: { a: '1', b: '2' } })
    await w.call('UntagLogGroup', { logGroupName, tags: ['a'] })

    expect(await w.call('ListTagsForResource', { resourceArn })).toEqual({ tags: { b: '2' } })
    expect(await w.call('ListTagsLogGroup', { logGroupName })).toEqual({ tags: { b: '2' } })
  })

  it.each([
    ['CreateLogGroup', { logGroupName }, 'ResourceAlreadyExistsException'],
    ['CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException'],
    ['CreateLogStream', { logGroupName, logStreamName: 's' }, 'ResourceAlreadyExistsException'],
    ['CreateLogStream', { logGroupName: '/none', logStreamName: 's' }, 'ResourceNotFoundException'],
    ['PutRetentionPolicy', { logGroupName, retentionInDays: 2 }, 'InvalidParameterException'],
    ['GetLogEvents', { logGroupName, logStreamName: 'none' }, 'ResourceNotFoundException'],
    ['GetLogEvents', { logStreamName: 's' }, 'InvalidParameterException'],
    [
      'GetLogEvents',
      { logGroupName, logStreamName: 's', nextToken: 'x' },
      'InvalidParameterException',
    ],
    ['FilterLogEvents', { logGroupName, nextToken: 'x' }, 'InvalidParameterException'],
    ['FilterLogEvents', { logGroupName, filterPattern: '[a, b]' }, 'InvalidParameterException'],
    ['FilterLogEvents', { logGroupName: '/none' }, 'ResourceNotFoundException'],
    [
      'PutLogEvents',
      { logGroupName, logStreamName: 's', logEvents: [] },
      'InvalidParameterException',
    ],
    [
      'PutLogEvents',
      { logGroupName, logStreamName: 's', logEvents: [event('b', 1), event('a')] },
      'InvalidParameterException',
    ],
  ])('refuse %s: case %#', async (name, input, code) => {
    const w = await withStream('s')

    await expect(w.call(name, input)).rejects.toMatchObject({ code })
  })
})

describe('events', () => {
  it('come in order of time, then of ingestion, over all streams', async () => {
    const w = await withStream('a', 'b')
    await w.call('PutLogEvents', {
      logGroupName,
      logStreamName: 'a',
      logEvents: [event('a1'), event('a2', 2)],
    })
    await w.call('PutLogEvents', {
      logGroupName,
      logStreamName: 'b',
      logEvents: [event('b1'), event('b2', 1)],
    })

    expect(await w.filter()).toEqual(['a1', 'b1', 'b2', 'a2'])
    expect(await w.filter({ logStreamNames: ['b'] })).toEqual(['b1', 'b2'])
    expect(await w.filter({ startTime: startMs + 1, endTime: startMs + 1 })).toEqual(['b2'])
    expect(await w.filter({ startTime: 0.5, endTime: 1e300 })).toHaveLength(4)
    const { logGroups } = await w.call('DescribeLogGroups', {})
    expect(logGroups).toMatchObject([{ storedBytes: 4 * 28 }])
  })

  it('are paged without a gap or a repetition', async () => {
    const w = await withStream()
    const messages = Array.from({ length: 25 }, (_, i) => `m${String(i).padStart(2, '0')}`)
    messages.forEach((message, i) => w.logs.sink.write(logGroupName, `s${i % 2}`, [event(message)]))

    const found: string[] = []
    let nextToken: unknown
    do {
      const page = await w.call('FilterLogEvents', { logGroupName, limit: 4, nextToken })
      found.push(...(page['events'] as Event[]).map((each) => each.message))
      nextToken = page['nextToken']
    } while (nextToken !== undefined)

    expect(found.sort()).toEqual(messages)
  })

  it('of a stream are read from either end, forwards and backwards', async () => {
    const w = await withStream('s')
    const put = (from: number, to: number): void =>
      w.logs.sink.write(
        logGroupName,
        's',
        Array.from({ length: to - from }, (_, i) => event(`m${from + i}`, from + i)),
      )
    put(0, 6)
    w.logs.sink.write(logGroupName, 'other', [event('not this')])
    type Page = { events: Event[]; nextForwardToken: string; nextBackwardToken: string }
    const get = async (input: object): Promise<Page> =>
      (await w.call('GetLogEvents', { logGroupName, logStreamName: 's', ...input })) as Page
    const text = (page: Page): string => page.events.map((each) => each.message).join()

    const newest = await get({ limit: 2 })
    expect(text(newest)).toBe('m4,m5')
    const before = await get({ limit: 3, nextToken: newest.nextBackwardToken })
    expect(text(before)).toBe('m1,m2,m3')
    const head = await get({ limit: 2, startFromHead: true })
    expect(text(head)).toBe('m0,m1')
    const next = await get({ nextToken: head.nextForwardToken })
    expect(text(next)).toBe('m2,m3,m4,m5')
    const end = await get({ nextToken: next.nextForwardToken })
    expect(text(end)).toBe('')
    expect(end.nextForwardToken).toBe(next.nextForwardToken)
    put(6, 7)
    expect(text(await get({ nextToken: end.nextForwardToken }))).toBe('m6')
    expect(text(await get({ startTime: startMs + 2, endTime: startMs + 4 }))).toBe('m2,m3')
  })

  it('too old or too far ahead are rejected by index, the others kept', async () => {
    const w = await withStream('s')

    const answer = await w.call('PutLogEvents', {
      logGroupName,
      logStreamName: 's',
      logEvents: [event('kept'), event('ahead', 3 * 60 * 60 * 1000)],
    })
    const old = await w.call('PutLogEvents', {
      logGroupName,
      logStreamName: 's',
      logEvents: [event('old', -15 * dayMs)],
    })

    expect(answer['rejectedLogEventsInfo']).toEqual({ tooNewLogEventStartIndex: 1 })
    expect(old['rejectedLogEventsInfo']).toEqual({ tooOldLogEventEndIndex: 1 })
    expect(await w.filter()).toEqual(['kept'])
  })

  it('go when their retention is over, and their stream with them', async () => {
    const w = await withStream()
    await w.call('PutRetentionPolicy', { logGroupName, retentionInDays: 1 })
    w.logs.sink.write(logGroupName, 'old', [event('old')])
    w.logs.sink.write(logGroupName, 'new', [event('new', dayMs)])
    await w.logs.sink.flushed()

    w.clock.advance(dayMs + 1)
    w.logs.start()
    await w.logs.close()

    expect(await w.filter()).toEqual(['new'])
    expect(await w.call('DescribeLogStreams', { logGroupName })).toMatchObject({
      logStreams: [{ logStreamName: 'new' }],
    })
  })
})

describe('the sink', () => {
  it('makes group and stream, and searches find at once what was written', async () => {
    const w = world()
    const heard: string[] = []
    const end = w.logs.follow(logGroupName, (stream, events) =>
      heard.push(...events.map((each) => `${stream}: ${each.message}`)),
    )

    w.logs.sink.write(logGroupName, '2026/01/01/[$LATEST]abc', [event('hello')])

    expect(await w.filter()).toEqual(['hello'])
    end()
    w.logs.sink.write(logGroupName, 's', [event('unheard')])
    await w.logs.sink.flushed()
    expect(heard).toEqual(['2026/01/01/[$LATEST]abc: hello'])
  })

  it('drops what is more than may wait, and says so', async () => {
    const w = world()
    const large = 'x'.repeat(1_000_000)
    const count = Math.ceil(sinkBytesMax / large.length) + 3

    for (let i = 0; i < count; i++) w.logs.sink.write(logGroupName, 's', [event(large, i)])
    await w.logs.sink.flushed()

    expect(w.reports).toMatchObject([{ message: expect.stringContaining('dropped') as string }])
  })

  it('cuts messages that are too long for an event', async () => {
    const w = world()

    w.logs.sink.write(logGroupName, 's', [event('é'.repeat(600_000))])
    const [found] = await w.filter()

    expect(Buffer.byteLength(found ?? '')).toBeLessThanOrEqual(1_048_576 - 26)
    expect(found?.length).toBeGreaterThan(500_000)
  })

  it('keeps a group within its bound by removing the oldest', async () => {
    const w = world()
    const large = 'x'.repeat(1_000_000)

    for (let i = 0; i < 70; i++) {
      w.logs.sink.write(logGroupName, 's', [event(large, i)])
      await w.logs.sink.flushed()
    }

    const { logGroups } = await w.call('DescribeLogGroups', {})
    const [group] = logGroups as { storedBytes: number }[]
    expect(group?.storedBytes).toBeLessThanOrEqual(64 * 1024 * 1024)
    const newest = await w.call('GetLogEvents', { logGroupName, logStreamName: 's', limit: 1 })
    expect((newest['events'] as Event[])[0]?.timestamp).toBe(startMs + 69)
    expect(w.reports).toEqual([])
  })

  it('reports what could not be written, and does not throw', async () => {
    const store = openMemoryStore()
    const w = world(store)
    await store.close()

    w.logs.sink.write(logGroupName, 's', [event('lost')])
    await w.logs.sink.flushed()

    expect(w.reports).toHaveLength(1)
  })
})

it('keeps everything through a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-logs-'))
  const first = openLmdbStore(folder, { durability: 'process' })
  const before = world(first)
  before.logs.sink.write(logGroupName, 's', [event('one'), event('two')])
  await before.logs.close()
  await first.close()

  const second = openLmdbStore(folder, { durability: 'process' })
  const after = world(second)
  after.logs.sink.write(logGroupName, 's', [event('three')])

  expect(await after.filter()).toEqual(['one', 'two', 'three'])
  await second.close()
  rmSync(folder, { recursive: true })
})
