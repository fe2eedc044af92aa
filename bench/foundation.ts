import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { bareServer, cloudletUp, memoryMb, repository, temporaryFolder } from './contender.ts'
import { driveApart, get } from './drive.ts'
import { helloTemplateFile } from './hello.ts'
import type { Result } from './raw-client.ts'
import { against, keep, median, printTable, type Row } from './report.ts'

/**
 * The question: how much of a bare node:http server's pace is left when a request goes through the gateway and a
 * function, and when it goes all the way to the engine and back? And what does the cloud weigh, how soon is it up?
 */

const concurrency = 32
const rounds = 5
const warmUpMs = 15_000

const median3 = (results: readonly Result[], pick: (result: Result) => number): number =>
  median(results.map(pick))

function row(name: string, results: readonly Result[], bare: number): Row {
  const perSecond = median3(results, (each) => each.perSecond)
  const rates = results.map((each) => Math.round(each.perSecond))
  return {
    what: name,
    'requests/s': Math.round(perSecond),
    range: `${Math.min(...rates)}–${Math.max(...rates)}`,
    'of bare': (perSecond / bare).toFixed(3),
    'p50 ms': median3(results, (each) => each.p50Ms).toFixed(2),
    'p99 ms': median3(results, (each) => each.p99Ms).toFixed(2),
    errors: JSON.stringify(
      results.map((each) => each.errors).find((e) => Object.keys(e).length) ?? {},
    ),
  }
}

export async function foundation(): Promise<void> {
  const template = helloTemplateFile(temporaryFolder())
  const app = ['--app', 'node --import tsx services/infra/app.ts', '--sources', 'services']
  const bare = await bareServer()
  const hello = await cloudletUp(['--template', template])
  const services = await cloudletUp(app)

  const tokens = new URL(services.ready.services['tokens'] ?? '')
  const created = (await (
    await fetch(`${tokens.href}/create`, { method: 'POST', body: '{"entityId":"bench"}' })
  ).json()) as { token: string }
  const helloPath = new URL(hello.ready.services['hello'] ?? '').pathname
  const targets = {
    bare: { port: bare.port, requests: [get('/')] },
    hello: { port: hello.port, requests: [get(`${helloPath}/`)] },
    token: { port: services.port, requests: [get(`${tokens.pathname}/get/${created.token}`)] },
  }
  // A function's code (the AWS SDK above all) is at its pace only when it has been compiled: some 20,000 requests.
  for (const target of Object.values(targets)) {
    await driveApart({ ...target, connections: concurrency, warmUpMs: 0, measureMs: warmUpMs })
  }
  const results: Record<keyof typeof targets, Result[]> = { bare: [], hello: [], token: [] }
  for (let round = 0; round < rounds; round++) {
    for (const [name, target] of Object.entries(targets)) {
      const result = await driveApart({
        ...target,
        connections: concurrency,
        warmUpMs: 500,
        measureMs: 2_000,
      })
      results[name as keyof typeof targets].push(result)
      process.stdout.write('.')
    }
  }
  const memory = memoryMb(services.process.pid)
  const bareRate = median(results.bare.map((each) => each.perSecond))
  const rows = [
    row('bare node:http GET', results.bare, bareRate),
    row('hello through the gateway', results.hello, bareRate),
    row('GET a token, end to end', results.token, bareRate),
  ]
  console.log(`\n\nConcurrency ${concurrency}, ${rounds} interleaved rounds of 2 s, medians:\n`)
  printTable(rows)
  const tokenRate = median(results.token.map((each) => each.perSecond))
  const helloRate = median(results.hello.map((each) => each.perSecond))
  await Promise.all([bare.stop(), hello.stop(), services.stop()])

  const startMs = await startTimes(app)
  const goals = {
    'hello / bare': against(helloRate / bareRate, 0.25, 'at least'),
    'token / bare': `${against(tokenRate / bareRate, 0.065, 'at least')}; ${Math.round(tokenRate)}/s (or ≥ 2400/s)`,
    'memory after, MB resident': against(memory.residentMb, 400, 'at most'),
    'start to ready, sources unchanged, ms': against(startMs, 1500, 'at most'),
    'engine alone to first answer, ms': against(await engineStart(), 200, 'at most'),
  }
  console.log()
  printTable(Object.entries(goals).map(([goal, value]) => ({ goal, value })))
  keep('foundation', { concurrency, rounds, rows, goals, memory })
}

/** Start to ready of the cloud on a folder that has everything deployed, with unchanged sources. */
async function startTimes(app: readonly string[]): Promise<number> {
  const data = join(temporaryFolder(), 'data')
  const times: number[] = []
  for (let attempt = 0; attempt < 6; attempt++) {
    const cloud = await cloudletUp([...app, '--data', data])
    if (attempt > 0) times.push(cloud.startMs)
    await cloud.stop()
  }
  return Math.round(median(times))
}

/** `cloudlet dynamodb` from the command to the first answer, seen from outside. */
async function engineStart(): Promise<number> {
  const script = join(import.meta.dirname, 'engine-start.mjs')
  const times: number[] = []
  for (let attempt = 0; attempt < 6; attempt++) {
    const printed = execFileSync('node', [script, join(temporaryFolder(), 'data')], {
      cwd: repository,
    })
    if (attempt > 0) times.push(Number(printed.toString()))
  }
  return Math.round(median(times))
}
