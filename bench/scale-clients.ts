import { askAws, awsRequest, dynamodbService } from './aws-request.ts'
import { bareServer, cloudletUp, memoryMb, type Contender } from './contender.ts'
import { driveApart, get } from './drive.ts'
import { startEngine } from './engine.ts'
import type { Result } from './raw-client.ts'
import { keep, median, printTable, type Row } from './report.ts'

/**
 * The question: what do 1, 10, 100 and 1,000 clients at a time cost? GetItem of the engine, a token read end to end
 * (gateway, function, engine), and a bare node:http server beside them.
 */

const clientCounts = (process.env['CLIENTS'] ?? '1,10,100,1000').split(',').map(Number)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
const items = 1_000

type Target = { readonly contender: Contender; readonly requests: readonly string[] }

async function engineTarget(): Promise<Target> {
  const contender = { ...(await startEngine()), name: 'Cloudlet, GetItem' }
  const ask = (operation: string, input: object): Promise<unknown> =>
    askAws(contender.port, dynamodbService, operation, input)
  await ask('CreateTable', {
    TableName: 'bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  const keys = Array.from({ length: items }, (_, n) => ({ pk: { S: `item-${n}` } }))
  for (const key of keys) {
    await ask('PutItem', { TableName: 'bench', Item: { ...key, filler: { S: 'x'.repeat(900) } } })
  }
  const requests = keys.map((Key) =>
    awsRequest(dynamodbService, 'GetItem', { TableName: 'bench', Key }),
  )
  return { contender, requests }
}

async function tokenTarget(): Promise<Target> {
  const app = ['--app', 'node --import tsx services/infra/app.ts', '--sources', 'services']
  const up = await cloudletUp(app)
  const tokens = new URL(up.ready.services['tokens'] ?? '')
  const body = '{"entityId":"bench"}'
  const answer = await fetch(`${tokens.href}/create`, { method: 'POST', body })
  const { token } = (await answer.json()) as { token: string } // the service's contract
  const contender = { ...up, name: 'a token' }
  return { contender, requests: [get(`${tokens.pathname}/get/${token}`)] }
}

export async function scaleClients(): Promise<void> {
  const bare = await bareServer()
  const targets: Target[] = [
    { contender: bare, requests: [get('/')] },
    await engineTarget(),
    await tokenTarget(),
  ]
  for (const { contender, requests } of targets) {
    const { port } = contender
    await driveApart({ port, requests, connections: 32, warmUpMs: 0, measureMs: 6_000 })
  }
  const rows: Row[] = []
  for (const clients of clientCounts) {
    const results = targets.map((): Result[] => [])
    for (let round = 0; round < rounds; round++) {
      for (const [at, { contender, requests }] of targets.entries()) {
        const load = { port: contender.port, requests, connections: clients }
        results[at]?.push(await driveApart({ ...load, warmUpMs: 1_000, measureMs: 2_000 }))
        process.stdout.write('.')
      }
    }
    for (const [at, { contender }] of targets.entries()) {
      rows.push(rowOf(clients, contender, results[at] ?? []))
    }
  }
  await Promise.all(targets.map(({ contender }) => contender.stop()))
  console.log(`\n\n${rounds} interleaved rounds, medians:\n`)
  printTable(rows)
  keep('scale-clients', { rounds, rows })
}

const rowOf = (clients: number, contender: Contender, results: readonly Result[]): Row => ({
  clients,
  contender: contender.name,
  'requests/s': Math.round(median(results.map(({ perSecond }) => perSecond))),
  'p50 ms': median(results.map(({ p50Ms }) => p50Ms)).toFixed(2),
  'p99 ms': median(results.map(({ p99Ms }) => p99Ms)).toFixed(2),
  'MB resident': Math.round(memoryMb(contender.process.pid).residentMb),
  errors: JSON.stringify(
    results.find(({ errors }) => Object.keys(errors).length > 0)?.errors ?? {},
  ),
})
