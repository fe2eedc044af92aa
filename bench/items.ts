import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createDynamoDB, type EmbeddedDynamoDB } from 'cloudlet/dynamodb'
import { temporaryFolder } from './contender.ts'
import { against, keep, median, printTable } from './report.ts'

/**
 * The question: does GetItem stay as fast when a table grows? One table on disk is filled to one size after the other
 * inside this process; at each, items at random places are read. Sizes by ITEMS=10000,1000000,10000000.
 */

const sizes = (process.env['ITEMS'] ?? '10000,100000,1000000').split(',').map(Number)
const goal = 0.9
const batchItems = 25
const batchesAtOnce = 40
const calls = 20_000
const rounds = 3

const table = 'items'
const keyOf = (n: number): object => ({ pk: { S: `item-${n}` } })
const itemOf = (n: number): object => ({ ...keyOf(n), n: { N: String(n) }, s: { S: 'some text' } })

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

/** Reads items at random places; the same ones in every run. */
async function read(engine: EmbeddedDynamoDB, items: number) {
  let seed = 1
  const latenciesMs = new Float64Array(calls)
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  for (let call = 0; call < calls; call++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    const Key = keyOf(Math.floor((seed / 2 ** 32) * items))
    const sentMs = performance.now()
    const answer = await engine.handle('GetItem', { TableName: table, Key })
    if (answer === null || typeof answer !== 'object' || !('Item' in answer)) {
      throw new Error('An item is missing')
    }
    latenciesMs[call] = performance.now() - sentMs
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
  const folder = join(temporaryFolder(), 'data')
  const engine = createDynamoDB({ data: { folder } })
  await engine.handle('CreateTable', {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const found = []
  let filled = 0
  for (const size of sizes) {
    const startedMs = performance.now()
    await fill(engine, filled, size)
    const fillSeconds = (performance.now() - startedMs) / 1000
    const runs = []
    for (let round = 0; round <= rounds; round++) runs.push(await read(engine, size))
    runs.shift() // the first warms up
    found.push({
      items: size,
      fillSeconds: Math.round(fillSeconds * 10) / 10,
      fileMb: Math.round(statSync(join(folder, 'data.mdb')).size / 1e6),
      getsPerSecond: Math.round(median(runs.map((run) => run.perSecond))),
      cpuUsPerGet: Math.round(median(runs.map((run) => run.cpuUs)) * 100) / 100,
      p50Us: Math.round(median(runs.map((run) => run.p50Us)) * 10) / 10,
      p99Us: Math.round(median(runs.map((run) => run.p99Us)) * 10) / 10,
      residentMb: Math.round(process.memoryUsage().rss / 1e6),
    })
    filled = size
  }
  await engine.close()
  rmSync(folder, { recursive: true })

  console.log('\nGetItem by the number of items\n')
  printTable(found)
  const [first, last] = [found[0], found.at(-1)]
  if (first !== undefined && last !== undefined) {
    // By processor time: a busy machine does not falsify it.
    const ratio = first.cpuUsPerGet / last.cpuUsPerGet
    console.log(`\n${last.items} : ${first.items} items: ${against(ratio, goal, 'at least')}`)
    keep('items', { sizes: found, ratio, goal })
  }
}
