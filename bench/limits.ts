import { open, type RootDatabase } from 'lmdb'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { bareServer, temporaryFolder } from './contender.ts'
import { driveApart, get, post } from './drive.ts'
import { keep, median, printTable, range, type Row } from './report.ts'

/**
 * The question: what can this machine do at all? node:http, LMDB and worker threads with nothing of Cloudlet in
 * between, so that every other figure can be read as a share of what is possible.
 */

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
const records = 100_000
const value = Buffer.alloc(1024, 97)
const keyOf = (n: number): Buffer => Buffer.from(`item-${String(n % records).padStart(7, '0')}`)
/** The same places in every run, far from each other. */
const placeOf = (n: number): number => (n * 7919) % records

type Limit = { readonly what: string; readonly measure: () => Promise<number> }

/** How often `work` runs in a second, `writers` of it at a time. */
async function rateOf(count: number, work: (n: number) => unknown, writers = 1): Promise<number> {
  let next = 0
  const startedMs = performance.now()
  const writer = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return count / ((performance.now() - startedMs) / 1000)
}

/** The same without waiting in between, for work that is done when it returns. */
function rateAtOnce(count: number, work: (n: number) => unknown): number {
  const startedMs = performance.now()
  for (let n = 0; n < count; n++) work(n)
  return count / ((performance.now() - startedMs) / 1000)
}

function openDatabase(noSync: boolean): RootDatabase<Buffer, Buffer> {
  const path = join(temporaryFolder(), 'bare.mdb')
  return open({ path, keyEncoding: 'binary', encoding: 'binary', noSync, overlappingSync: false })
}

function lmdbLimits(
  kept: RootDatabase<Buffer, Buffer>,
  flushed: RootDatabase<Buffer, Buffer>,
): Limit[] {
  kept.transactionSync(() => {
    for (let n = 0; n < records; n++) kept.putSync(keyOf(n), value)
  })
  return [
    {
      what: 'LMDB get',
      measure: async () => rateAtOnce(200_000, (n) => kept.get(keyOf(placeOf(n)))),
    },
    {
      what: 'LMDB put, a commit each',
      measure: async () =>
        rateAtOnce(20_000, (n) =>
          kept.transactionSync(() => kept.putSync(keyOf(placeOf(n)), value)),
        ),
    },
    {
      what: 'LMDB put on the disk, 32 writers',
      measure: () => rateOf(5_000, (n) => flushed.put(keyOf(placeOf(n)), value), 32),
    },
  ]
}

/** A message to a worker thread and back, 32 on their way at a time. */
function threadLimit(worker: Worker): Limit {
  const waiting: (() => void)[] = []
  worker.on('message', () => waiting.shift()?.())
  const roundTrip = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(value)
    })
  return { what: '1 KB to a worker thread and back', measure: () => rateOf(40_000, roundTrip, 32) }
}

export async function limits(): Promise<void> {
  const server = await bareServer()
  const http = (what: string, request: string, connections: number): Limit => ({
    what,
    measure: async () => {
      const load = { port: server.port, requests: [request], connections }
      return (await driveApart({ ...load, warmUpMs: 300, measureMs: 1_500 })).perSecond
    },
  })
  const [kept, flushed] = [openDatabase(true), openDatabase(false)]
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads')
     parentPort.on('message', (message) => parentPort.postMessage(message))`,
    { eval: true },
  )
  const all = [
    http('node:http GET, 1 connection', get('/'), 1),
    http('node:http GET, 32 connections', get('/'), 32),
    http('node:http POST of 1 KB, 32', post('/', 'x'.repeat(1024)), 32),
    threadLimit(worker),
    ...lmdbLimits(kept, flushed),
  ].map((limit) => ({ ...limit, rates: [] as number[] }))
  for (let round = 0; round <= rounds; round++) {
    for (const { measure, rates } of all) {
      const rate = await measure()
      if (round > 0) rates.push(rate) // the first warms up
      process.stdout.write('.')
    }
  }
  await Promise.all([kept.close(), flushed.close(), worker.terminate(), server.stop()])
  const rows = all.map(({ what, rates }): Row => ({
    what,
    'ops/s': Math.round(median(rates)),
    range: range(rates),
  }))
  console.log(`\n\nThe machine alone, ${rounds} interleaved rounds, medians:\n`)
  printTable(rows)
  keep('limits', { rounds, rows })
}
