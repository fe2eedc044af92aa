import { bareServer, cloudletUp, temporaryFolder, type Contender } from './contender.ts'
import { driveApart, get } from './drive.ts'
import { helloProject, helloTemplateFile } from './hello.ts'
import { serverlessOfflineProgram } from './peers.ts'
import { answerMs, started } from './program.ts'
import type { Result } from './raw-client.ts'
import { keep, median, printTable, range, type Row } from './report.ts'

/**
 * The question: how many requests a second does a function behind HTTP answer, and how soon the first, against
 * serverless-offline (under osls) in both its modes? The same function everywhere; a bare node:http server beside.
 */

const connectionCounts = [1, 32]
const warmUpMs = 6_000
const measureMs = 1_500
/** Between a host's port taking connections and the first request, so that its start is not in the figure. */
const settleMs = 500

type Host = { readonly start: () => Promise<Contender>; readonly path: string }

/** The hosts of functions, ours first. */
export function functionHosts(): readonly Host[] {
  const folder = temporaryFolder()
  helloProject(folder)
  const template = helloTemplateFile(folder)
  const offline = (mode: 'worker threads' | 'in process'): Host => ({
    start: async () => started(await serverlessOfflineProgram(folder, mode)),
    path: '/',
  })
  const cloudlet: Host = {
    start: async () => ({ ...(await cloudletUp(['--template', template])), name: 'Cloudlet' }),
    path: '/hello/',
  }
  return [cloudlet, offline('worker threads'), offline('in process')]
}

export async function functions(): Promise<void> {
  const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
  const hosts = functionHosts()
  const rows = await speeds(hosts, rounds)
  const cold = await firstRequests(hosts, rounds)
  console.log(`\n\nA function that says hello, ${rounds} interleaved rounds, medians:\n`)
  printTable(rows)
  console.log('\nThe first request of a function, the host being up:\n')
  printTable(cold)
  keep('functions', { rounds, rows, cold })
}

async function speeds(hosts: readonly Host[], rounds: number): Promise<Row[]> {
  const bare = await bareServer()
  const running = await Promise.all(
    hosts.map(async ({ start, path }) => ({ contender: await start(), requests: [get(path)] })),
  )
  const targets = [{ contender: bare, requests: [get('/')] }, ...running]
  for (const { contender, requests } of targets) {
    const { port } = contender
    await driveApart({ port, requests, connections: 32, warmUpMs: 0, measureMs: warmUpMs })
  }
  const rows: Row[] = []
  for (const connections of connectionCounts) {
    const results = targets.map((): Result[] => [])
    for (let round = 0; round < rounds; round++) {
      for (const [at, { contender, requests }] of targets.entries()) {
        const { port } = contender
        const load = { port, requests, connections, warmUpMs: 400, measureMs }
        results[at]?.push(await driveApart(load))
        process.stdout.write('.')
      }
    }
    rows.push(
      ...targets.map(({ contender }, at) => rowOf(contender.name, connections, results[at] ?? [])),
    )
  }
  await Promise.all(targets.map(({ contender }) => contender.stop()))
  return rows
}

function rowOf(contender: string, connections: number, results: readonly Result[]): Row {
  const rates = results.map(({ perSecond }) => perSecond)
  return {
    connections,
    contender,
    'requests/s': Math.round(median(rates)),
    range: range(rates),
    'p50 ms': median(results.map(({ p50Ms }) => p50Ms)).toFixed(2),
    'p99 ms': median(results.map(({ p99Ms }) => p99Ms)).toFixed(2),
    errors: JSON.stringify(
      results.find(({ errors }) => Object.keys(errors).length > 0)?.errors ?? {},
    ),
  }
}

/** What the first request costs that a function has ever had, in a fresh host each time. */
async function firstRequests(hosts: readonly Host[], rounds: number): Promise<Row[]> {
  const times = hosts.map((): number[] => [])
  const names: string[] = []
  for (let round = 0; round < rounds; round++) {
    for (const [at, { start, path }] of hosts.entries()) {
      const contender = await start()
      names[at] = contender.name
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      times[at]?.push(await answerMs(contender.port, get(path)))
      await contender.stop()
      process.stdout.write('.')
    }
  }
  return times.map((each, at) => ({
    contender: names[at] ?? '',
    'first answer ms': Math.round(median(each)),
    range: range(each),
  }))
}
