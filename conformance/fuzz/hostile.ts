import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createDynamoDB } from '../../cloud/src/stack/dynamodb.ts'
import { call, hostileRequest } from './hostile-requests.ts'
import { seededRandom } from './random.ts'

export type HostileReport = { readonly problems: readonly string[]; readonly text: string }

const connections = 16
/** Where nothing comes back by then (the rest of a request is awaited), the client ends its side. */
const patienceMsMin = 25
/** How much longer than a sound request a hostile one may take. */
const patienceFactor = 5
/** After that the engine must have answered or closed. */
const answerMs = 30_000
/** How much the heap may have grown after all is over: stored items, and what Node keeps. */
const growthBytesMax = 48 * 1024 * 1024

/** Sends malformed requests to a listening engine. No crash, no 5xx, no growth. */
export async function hostileRun(options: {
  readonly seed: number
  readonly requests: number
}): Promise<HostileReport> {
  const engine = createDynamoDB()
  const { port } = await engine.listen({ port: 0 })
  const statuses = new Map<string, number>()
  const problems: string[] = []
  const random = seededRandom(options.seed)
  await send(port, call('CreateTable', JSON.stringify(table)), answerMs)
  const heaps: number[] = []
  for (const share of [0.25, 0.75]) {
    let left = Math.floor(options.requests * share)
    const startedMs = performance.now()
    await send(port, call('ListTables', '{}'), answerMs)
    const soundMs = performance.now() - startedMs
    const patienceMs = Math.max(patienceMsMin, soundMs * patienceFactor)
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const { kind, bytes } = hostileRequest(random)
        const status = await send(port, bytes, patienceMs)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        // 505 tells of another version of HTTP: the caller's fault in spite of its number.
        if (status !== 'silence' && (!status.startsWith('5') || status === '505')) continue
        problems.push(`${status} for ${kind}: ${bytes.toString('latin1').slice(-600)}`)
      }
    }
    await Promise.all(Array.from({ length: connections }, worker))
    heaps.push(heapAfterCollection())
  }
  if (!statuses.has('200')) problems.push('No request got as far as the engine')
  const alive = await send(port, call('ListTables', '{}'), answerMs)
  if (alive !== '200') problems.push(`Afterwards ListTables was answered with ${alive}`)
  await engine.close()
  const growth = (heaps[1] ?? 0) - (heaps[0] ?? 0)
  if (growth > growthBytesMax) problems.push(`The heap grew by ${Math.round(growth / 1e6)} MB`)
  const counts = [...statuses].map(([status, count]) => `${status}: ${count}`).toSorted(byText)
  const text = [
    ...problems.slice(0, 10),
    `${options.requests} hostile requests (seed ${options.seed}): ${counts.join(', ')}; heap grew by ${Math.round(growth / 1e6)} MB.`,
  ].join('\n')
  return { problems, text }
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const table = {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'p', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'p', KeyType: 'HASH' }],
}

/** Sends bytes on a connection of its own. Answers with the status, `closed` or `silence`. */
function send(port: number, bytes: Buffer, patienceMs: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const ending = setTimeout(() => socket.end(), patienceMs)
    const timer = setTimeout(() => done('silence'), patienceMs + answerMs)
    const done = (outcome: string): void => {
      clearTimeout(ending)
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1', 0, 16))?.[1]
      done(status ?? 'no HTTP')
    })
    socket.on('error', () => done('closed'))
    socket.on('close', () => done('closed'))
  })
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // there by the flag
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
