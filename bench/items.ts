import { statSync } from 'node:fs'
import { join } from 'node:path'
import { createDynamoDB, type EmbeddedDynamoDB } from 'cloudlet/dynamodb'
import { awsRequest, dynamodbService } from './aws-request.ts'
import { memoryMb, temporaryFolder } from './contender.ts'
import { driveApart } from './drive.ts'
import { startEngine } from './engine.ts'
import type { Load } from './raw-client.ts'
import { against, keep, median, printTable, range } from './report.ts'

/**
 * The question: does GetItem stay as fast when a table grows? One table on disk is filled to one size after the other
 * inside this process; at each, items at random places are read: from `cloudlet dynamodb`, as users do, and by calls of the
 * engine alone, which tell where a difference comes from. Filling takes minutes, in which the machine may become
 * another; so a server of the first size stays beside it, and the two are read in turn. Both were started on what was
 * there: what was just written would lie in memory, all of a small table and next to nothing of a large one. Fewer sizes
 * by ITEMS=10000,1000000.
 *
 * The goal is measured with twenty thousand items that are read in turn, as a program's hot items are. What items cost that
 * are read once and not again is told beside it: the small table has no such items.
 */

const sizes = (process.env['ITEMS'] ?? '10000,100000,1000000,10000000').split(',').map(Number)
const goal = 0.9
const batchItems = 25
const batchesAtOnce = 40
const calls = 20_000
/** More than are answered in half a second and another one: none is read twice in a round. */
const onceCalls = 150_000
const onceTimes = { warmUpMs: 500, measureMs: 1_000 }
const rounds = 5

const table = 'items'
const keyOf = (n: number): object => ({ pk: { S: `item-${n}` } })
const itemOf = (n: number): object => ({ ...keyOf(n), n: { N: String(n) }, s: { S: 'some text' } })

const newFolder = (): string => join(temporaryFolder(), 'data')

/** Does something with the engine inside this process. */
async function inside<T>(
  folder: string,
  work: (engine: EmbeddedDynamoDB) => Promise<T>,
): Promise<T> {
  const engine = createDynamoDB({ data: { folder } })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

const createTable = (folder: string): Promise<unknown> =>
  inside(folder, (engine) =>
    engine.handle('CreateTable', {
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  )

async function fill(engine: EmbeddedDynamoDB, from: number, to: number): Promise<void> {
  let next = from
  const worker = async (): Promise<void> => {
    while (next < to) {
      const first = next
      next = Math.min(to, first + batchItems)
      const requests = Array.from({ length: next - first }, (_, at) => ({
        PutRequest: { Item: itemOf(first + at) },
      }))
      await engine.handle('BatchWriteItem', { RequestItems: { [table]: requests } })
    }
  }
  await Promise.all(Array.from({ length: batchesAtOnce }, worker))
}

/** Calls that read items at random places; the same ones in every run. */
function* readsOf(items: number, count = calls, round = 0): Generator<object> {
  let seed = 1 + round
  for (let call = 0; call < count; call++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    yield { TableName: table, Key: keyOf(Math.floor((seed / 2 ** 32) * items)) }
  }
}

/** GetItems a second by the raw client, which is a process of its own. */
async function servedPerSecond(
  port: number,
  reads: Iterable<object>,
  options: Partial<Load> = {},
): Promise<number> {
  const requests = Array.from(reads, (read) => awsRequest(dynamodbService, 'GetItem', read))
  const load = { port, requests, connections: 32, warmUpMs: 1_000, measureMs: 2_000, ...options }
  const { perSecond, errors } = await driveApart(load)
  if (Object.keys(errors).length > 0) throw new Error(`Refused: ${JSON.stringify(errors)}`)
  return perSecond
}

/** Reads inside this process. */
async function read(engine: EmbeddedDynamoDB, items: number) {
  let call = 0
  const latenciesMs = new Float64Array(calls)
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  for (const input of readsOf(items)) {
    const sentMs = performance.now()
    const answer = await engine.handle('GetItem', input)
    if (answer === null || typeof answer !== 'object' || !('Item' in answer)) {
      throw new Error('An item is missing')
    }
    latenciesMs[call++] = performance.now() - sentMs
  }
  const { user, system } = process.cpuUsage(cpu)
  const perSecond = calls / ((performance.now() - startedMs) / 1000)
  latenciesMs.sort()
  return {
    perSecond,
    cpuUs: (user + system) / calls,
    p50Us: (latenciesMs[calls / 2] ?? 0) * 1000,
    p99Us: (latenciesMs[Math.floor(calls * 0.99)] ?? 0) * 1000,
  }
}

export async function items(): Promise<void> {
  const [smallest = 0] = sizes
  const smallFolder = newFolder()
  await createTable(smallFolder)
  await inside(smallFolder, (engine) => fill(engine, 0, smallest))
  const small = await startEngine(smallFolder)
  const folder = newFolder()
  await createTable(folder)
  const found = []
  let filled = 0
  for (const size of sizes) {
    const startedMs = performance.now()
    await inside(folder, (engine) => fill(engine, filled, size))
    const fillSeconds = (performance.now() - startedMs) / 1000
    const runs: Awaited<ReturnType<typeof read>>[] = []
    await inside(folder, async (engine) => {
      for (let round = 0; round <= rounds; round++) runs.push(await read(engine, size))
    })
    const grown = await startEngine(folder)
    const served = []
    const ratios = []
    const onceRatios = []
    for (let round = 0; round <= rounds; round++) {
      const ofSmall = await servedPerSecond(small.port, readsOf(smallest))
      served.push(await servedPerSecond(grown.port, readsOf(size)))
      ratios.push((served.at(-1) ?? 0) / ofSmall)
      const others = readsOf(size, onceCalls, 1 + round)
      onceRatios.push((await servedPerSecond(grown.port, others, onceTimes)) / ofSmall)
    }
    const { residentMb } = memoryMb(grown.process.pid)
    await grown.stop()
    for (const each of [runs, served, ratios, onceRatios]) each.shift() // the first warms up
    found.push({
      items: size,
      fillSeconds: Math.round(fillSeconds * 10) / 10,
      fileMb: Math.round(statSync(join(folder, 'data.mdb')).size / 1e6),
      getsPerSecond: Math.round(median(runs.map((run) => run.perSecond))),
      cpuUsPerGet: Math.round(median(runs.map((run) => run.cpuUs)) * 100) / 100,
      servedPerSecond: Math.round(median(served)),
      servedRange: range(served),
      ofSmallest: Math.round(median(ratios) * 1000) / 1000,
      readOnceOfSmallest: Math.round(median(onceRatios) * 1000) / 1000,
      p50Us: Math.round(median(runs.map((run) => run.p50Us)) * 10) / 10,
      p99Us: Math.round(median(runs.map((run) => run.p99Us)) * 10) / 10,
      residentMb: Math.round(residentMb),
    })
    filled = size
  }
  await small.stop()

  console.log('\nGetItem by the number of items\n')
  printTable(found)
  const last = found.at(-1)
  if (last !== undefined) {
    const { ofSmallest: ratio } = last
    console.log(
      `\n${last.items} : ${smallest} items, served in turn: ${against(ratio, goal, 'at least')}`,
    )
    keep('items', { sizes: found, ratio, goal })
  }
}
