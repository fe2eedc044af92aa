import { invokeRequest } from './aws-request.ts'
import { cloudletUp, memoryMb, temporaryFolder } from './contender.ts'
import { driveApart } from './drive.ts'
import { helloTemplateFile } from './hello.ts'
import { keep, median, printTable, type Row } from './report.ts'

/**
 * The question: what do 1, 10, 50 and 200 functions cost, deployed from one template, then invoked in turn? A fresh
 * cloud for each number; the first calls (each starts an execution environment) apart from the later ones. The cloud
 * keeps 96 environments at most (lambda/limits.ts): calls in turn of more functions than that start each one anew.
 */

const functionCounts = (process.env['FUNCTIONS'] ?? '1,10,50,200').split(',').map(Number)
const connections = 8
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)

export async function scaleFunctions(): Promise<void> {
  const rows: Row[] = []
  await measured(1) // fills the system's file cache
  for (const functions of functionCounts) {
    rows.push(await measured(functions))
    process.stdout.write('.')
  }
  console.log(`\n\nInvoked in turn by ${connections} clients, ${rounds} rounds, medians:\n`)
  printTable(rows)
  keep('scale-functions', { connections, rounds, rows })
}

async function measured(functions: number): Promise<Row> {
  const template = helloTemplateFile(temporaryFolder(), functions)
  const cloud = await cloudletUp(['--template', template])
  const { pid } = cloud.process
  const deployed = memoryMb(pid)
  const port = Number(new URL(cloud.ready.endpoint).port)
  const requests = Array.from({ length: functions }, (_, n) => invokeRequest(`hello-${n}`))
  // One at a time, each function once: what a user waits for whose function has not run yet.
  const first = await driveApart({
    port,
    requests,
    connections: 1,
    warmUpMs: 0,
    measureMs: 0,
    once: true,
  })
  const results = []
  for (let round = 0; round < rounds; round++) {
    const warmUpMs = round === 0 ? 3_000 : 500
    results.push(await driveApart({ port, requests, connections, warmUpMs, measureMs: 2_000 }))
  }
  const invoked = memoryMb(pid)
  await cloud.stop()
  const errors = [first, ...results].find((each) => Object.keys(each.errors).length > 0)?.errors
  return {
    functions,
    'ready ms': Math.round(cloud.startMs),
    'first p50 ms': first.p50Ms.toFixed(1),
    'first p99 ms': first.p99Ms.toFixed(1),
    'invocations/s': Math.round(median(results.map(({ perSecond }) => perSecond))),
    'p50 ms': median(results.map(({ p50Ms }) => p50Ms)).toFixed(2),
    'p99 ms': median(results.map(({ p99Ms }) => p99Ms)).toFixed(2),
    'MB deployed': Math.round(deployed.residentMb),
    'MB invoked': Math.round(invoked.residentMb),
    errors: JSON.stringify(errors ?? {}),
  }
}
