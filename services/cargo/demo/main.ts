import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cargoApi } from './cargo-api.ts'
import type { CourierRow, HourRow, MonitorAnswer, ProductRow } from './cargo-api.ts'
import { madeUpOrder } from './made-up-order.ts'
import type { Catalogue } from './made-up-order.ts'
import { readOptions, USAGE } from './options.ts'
import type { DemoOptions } from './options.ts'
import { tableText } from './table-text.ts'

const repository = join(import.meta.dirname, '..', '..', '..')
/** The company's tolerance: what an order's way into the monitor may take. */
const COUNTED_WITHIN_MS = 10_000
const POLL_MS = 50
const PROGRESS_MS = 100
const BAR_WIDTH = 30

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A token of the local cloud's demo user, as `cloudlet token` prints it. */
async function demoToken(endpoint: string): Promise<string> {
  const { port } = new URL(endpoint)
  const args = [join(repository, 'cloud/bin/cloudlet.mjs'), 'token', '--port', port || '80']
  try {
    const { stdout } = await promisify(execFile)('node', args)
    return stdout.trim()
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(said || `No token from ${endpoint}. Is the cloud running?`, { cause: error })
  }
}

function showProgress(done: number, count: number, failed: number): void {
  if (!process.stderr.isTTY) return
  const filled = Math.round((done / count) * BAR_WIDTH)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  const failures = failed > 0 ? `, ${failed} refused` : ''
  process.stderr.write(`\r${bar} ${done}/${count} orders${failures} `)
}

/** Posts the orders at their times, whether or not those before have been answered, and returns how many were taken. */
async function postOrders(
  { rate, count }: DemoOptions,
  post: (order: unknown) => Promise<number>,
): Promise<number> {
  const fixture = join(import.meta.dirname, '..', 'fixtures', 'cargo-express.json')
  const catalogue = JSON.parse(readFileSync(fixture, 'utf8')) as Catalogue
  const run = randomUUID().slice(0, 8)
  const start = performance.now()
  let taken = 0
  let failed = 0
  const progress = setInterval(() => showProgress(taken + failed, count, failed), PROGRESS_MS)
  const answers: Promise<void>[] = []
  const take = async (order: unknown): Promise<void> => {
    if ((await post(order)) === 201) taken++
    else failed++
  }
  try {
    for (let n = 0; n < count; n++) {
      const early = start + (n * 1000) / rate - performance.now()
      if (early > 0) await pause(early)
      const order = madeUpOrder(catalogue, `demo-${run}-${n + 1}`, new Date(), Math.random)
      answers.push(take(order))
    }
    await Promise.all(answers)
  } finally {
    clearInterval(progress)
    showProgress(taken + failed, count, failed)
    if (process.stderr.isTTY) process.stderr.write('\n')
  }
  const seconds = (performance.now() - start) / 1000
  console.log(
    `${taken} orders taken in ${seconds.toFixed(1)} s (${(taken / seconds).toFixed(0)} a second)`,
  )
  if (failed > 0) console.log(`${failed} orders refused`)
  return taken
}

const ordersIn = (monitor: MonitorAnswer): number =>
  monitor.delivery_performance.reduce((sum, row) => sum + row.delivered_orders, 0)

/** The monitor once it shows `orders`, or as it is after the company's tolerance. */
async function monitorWith(
  orders: number,
  read: () => Promise<MonitorAnswer>,
): Promise<MonitorAnswer> {
  const start = performance.now()
  for (;;) {
    const monitor = await read()
    const waitedMs = performance.now() - start
    if (ordersIn(monitor) >= orders) {
      console.log(`The monitor shows all of them after ${waitedMs.toFixed(0)} ms`)
      return monitor
    }
    if (waitedMs > COUNTED_WITHIN_MS) {
      console.log(`The monitor shows ${ordersIn(monitor)} of ${orders} orders so far`)
      return monitor
    }
    await pause(POLL_MS)
  }
}

function print(monitor: MonitorAnswer): void {
  const sections = [
    tableText<ProductRow>(
      'Products sold',
      [
        { title: 'product', value: (row) => row.product_id },
        { title: 'name', value: (row) => row.name },
        { title: 'quantity', value: (row) => row.quantity },
      ],
      monitor.products_sales,
    ),
    tableText<CourierRow>(
      'Couriers',
      [
        { title: 'courier', value: (row) => row.delivery_id },
        { title: 'name', value: (row) => row.name },
        { title: 'orders', value: (row) => row.delivered_orders },
        { title: 'products', value: (row) => row.delivered_products },
        { title: 'money', value: (row) => row.total_money },
      ],
      monitor.delivery_performance,
    ),
    tableText<HourRow>(
      'Deliveries per hour (UTC)',
      [
        { title: 'hour', value: (row) => row.hour },
        { title: 'courier', value: (row) => row.delivery_id },
        { title: 'name', value: (row) => row.name },
        { title: 'orders', value: (row) => row.orders },
      ],
      monitor.deliveries_per_hour,
    ),
  ]
  console.log(`\n${sections.join('\n')}\nAs of ${monitor.as_of}`)
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(USAGE)
    return
  }
  const api = cargoApi(options.frontDoor, options.token ?? (await demoToken(options.endpoint)))
  const before = ordersIn(await api.monitor())
  const taken = await postOrders(options, api.post)
  print(await monitorWith(before + taken, api.monitor))
  if (taken < options.count) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
