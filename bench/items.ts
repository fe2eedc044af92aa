import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createDynamoDB, type EmbeddedDynamoDB } from 'cloudlet/dynamodb'
import { awsRequest, dynamodbService } from './aws-request.ts'
import { temporaryFolder } from './contender.ts'
import { driveApart } from './drive.ts'
import { against, keep, median, printTable, range } from './report.ts'

/**
 * The question: does GetItem stay as fast when a table grows? One table on disk is filled to one size after the other
 * inside this process; at each, items at random places are read: over HTTP, as users do, and by calls of the engine
 * alone, which tell where a difference comes from. Filling takes minutes, in which the machine may become another; so
 * an engine of the first size stays beside it, and the two are read in turn. Fewer sizes by ITEMS=10000,1000000.
 */

const sizes = (process.env['ITEMS'] ?? '10000,100000,1000000,10000000').split(',').map(Number)
const goal = 0.9
const batchItems = 25
const batchesAtOnce = 40
const calls = 20_000
const rounds = 5

const table = 'items'
const keyOf = (n: number): object => ({ pk: { S: `item-${n}` } })
const itemOf = (n: number): object => ({ ...keyOf(n), n: { N: String(n) }, s: { S: 'some text' } })

type Filled = { readonly engine: EmbeddedDynamoDB; readonly folder: string; readonly port: number }

async function createTable(): Promise<Filled> {
  const folder = join(temporaryFolder(), 'data')
  const engine = createDynamoDB({ data: { folder } })
  await engine.handle('CreateTable', {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const { port } = await engine.listen({ port: 0 })
  return { engine, folder, port }
}

async function remove({ engine, folder }: Filled): Promise<void> {
  await engine.close()
  rmSync(folder, { recursive: true })
}

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
function* readsOf(items: number): Generator<object> {
  let seed = 1
  for (let call = 0; call < calls; call++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    yield { TableName: table, Key: keyOf(Math.floor((seed / 2 ** 32) * items)) }
  }
}

/** GetItems a second by the raw client, which is a process of its own. */
async function servedPerSecond(port: number, items: number): Promise<number> {
  const requests = Array.from(readsOf(items), (read) =>
    awsRequest(dynamodbService, 'GetItem', read),
  )
  const load = { port, requests, connections: 32, warmUpMs: 1_000, measureMs: 2_000 }
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
  const small = await createTable()
  await fill(small.engine, 0, smallest)
  const grown = await createTable()
  const found = []
  let filled = 0
  for (const size of sizes) {
    const startedMs = performance.now()
    await fill(grown.engine, filled, size)
    const fillSeconds = (performance.now() - startedMs) / 1000
    const runs = []
    const served = []
    const ratios = []
    for (let round = 0; round <= rounds; round++) {
      runs.push(await read(grown.engine, size))
      const ofSmall = await servedPerSecond(small.port, smallest)
      served.push(await servedPerSecond(grown.port, size))
      ratios.push((served.at(-1) ?? 0) / ofSmall)
    }
    for (const each of [runs, served, ratios]) each.shift() // the first warms up
    found.push({
      items: size,
      fillSeconds: Math.round(fillSeconds * 10) / 10,
      fileMb: Math.round(statSync(join(grown.folder, 'data.mdb')).size / 1e6),
      getsPerSecond: Math.round(median(runs.map((run) => run.perSecond))),
      cpuUsPerGet: Math.round(median(runs.map((run) => run.cpuUs)) * 100) / 100,
      servedPerSecond: Math.round(median(served)),
      servedRange: range(served),
      ofSmallest: Math.round(median(ratios) * 1000) / 1000,
      p50Us: Math.round(median(runs.map((run) => run.p50Us)) * 10) / 10,
      p99Us: Math.round(median(runs.map((run) => run.p99Us)) * 10) / 10,
      residentMb: Math.round(process.memoryUsage().rss / 1e6),
    })
    filled = size
  }
  await remove(small)
  await remove(grown)

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
