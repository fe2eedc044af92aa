import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { bareServer } from './contender.ts'
import { peerFolder } from './peers.ts'
import { against, keep, median, printTable } from './report.ts'

/**
 * The question: does `cloudlet load` generate as many requests a second as autocannon? Both in processes of their
 * own, against the same bare node:http server, in turn.
 */

const connections = 32
const seconds = 3
const rounds = 5

type Figures = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

function cloudletLoad(url: string): Figures {
  const driver = join(import.meta.dirname, 'load-driver.ts')
  const printed = execFileSync('node', [
    '--import',
    'tsx',
    driver,
    url,
    String(connections),
    String(seconds),
  ])
  return JSON.parse(printed.toString()) as Figures // printed by the driver
}

function autocannon(url: string): Figures {
  const program = join(peerFolder('autocannon'), 'autocannon.js')
  const printed = execFileSync(
    'node',
    [program, '-j', '-n', '-c', String(connections), '-d', String(seconds), `${url}/`],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const result = JSON.parse(printed.toString()) as {
    requests: { total: number }
    duration: number
    latency: { p50: number; p99: number }
  }
  return {
    perSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  }
}

export async function load(): Promise<void> {
  const server = await bareServer()
  const url = `http://127.0.0.1:${server.port}`
  const results: Record<'cloudlet load' | 'autocannon', Figures[]> = {
    'cloudlet load': [],
    autocannon: [],
  }
  peerFolder('autocannon')
  cloudletLoad(url) // warms the server up
  for (let round = 0; round < rounds; round++) {
    results['cloudlet load'].push(cloudletLoad(url))
    results.autocannon.push(autocannon(url))
    process.stdout.write('.')
  }
  await server.stop()
  const rows = Object.entries(results).map(([generator, figures]) => {
    const rates = figures.map((each) => Math.round(each.perSecond))
    return {
      generator,
      'requests/s': median(rates),
      range: `${Math.min(...rates)}–${Math.max(...rates)}`,
      'p50 ms': median(figures.map((each) => each.p50Ms)).toFixed(2),
      'p99 ms': median(figures.map((each) => each.p99Ms)).toFixed(2),
    }
  })
  console.log(
    `\n\n${connections} connections, ${rounds} interleaved rounds of ${seconds} s, medians:\n`,
  )
  printTable(rows)
  const [ours, theirs] = Object.values(results).map((each) =>
    median(each.map((figures) => figures.perSecond)),
  )
  const ratio = (ours ?? Number.NaN) / (theirs ?? Number.NaN)
  console.log(`\ncloudlet load / autocannon: ${against(ratio, 0.9, 'at least')}`)
  keep('load', { connections, rounds, seconds, rows, ratio })
}
