import { cloudletUp } from './contender.ts'
import { against, keep, printTable } from './report.ts'

/**
 * The question: how long after its 201 does an order show in GET /monitor, at 200 orders a second? Measured by
 * the courier's count: each order has a courier of its own in turn, and a watcher reads the monitor all the time.
 */

const ordersPerSecond = 200
const seconds = 20
const couriers = 50

type Monitor = {
  readonly delivery_performance: readonly { delivery_id: string; delivered_orders: number }[]
}

export async function visibility(): Promise<void> {
  const cloud = await cloudletUp([
    '--app',
    'node --import tsx services/infra/app.ts',
    '--sources',
    'services',
  ])
  const base = cloud.ready.services['cargo'] ?? ''
  const answer = await fetch(`${cloud.ready.endpoint}/_cloudlet/token?use=access`, {
    method: 'POST',
  })
  const { token } = (await answer.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }

  // Per courier, in order of acknowledgement: when each order was acknowledged. The k-th acknowledged order of a
  // courier is visible once the monitor counts k orders for them.
  const acknowledged = Array.from({ length: couriers }, (): number[] => [])
  const seen = Array.from({ length: couriers }, () => 0)
  const delaysMs: number[] = []
  const failures: string[] = []
  let posted = 0
  const state = { finished: false }

  async function post(serial: number): Promise<void> {
    const courier = serial % couriers
    const response = await fetch(`${base}/orders`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        pedido_id: `v-${serial}`,
        repartidor: { IdRepartidor: courier, Nombre: `Courier ${courier}` },
        productos: [
          { IdProducto: `p${serial % 10}`, producto: 'Pendrive', precio: 12.5, cantidad: 1 },
        ],
        timestamp: new Date().toISOString(),
      }),
    })
    await response.text()
    if (response.status === 201) acknowledged[courier]?.push(performance.now())
    else failures.push(String(response.status))
  }

  async function watch(): Promise<void> {
    while (!state.finished || delaysMs.length < posted - failures.length) {
      const response = await fetch(`${base}/monitor?top=100&hours=1`, { headers })
      const atMs = performance.now()
      const monitor = (await response.json()) as Monitor
      for (const { delivery_id, delivered_orders } of monitor.delivery_performance) {
        const courier = Number(delivery_id)
        const times = acknowledged[courier] ?? []
        const until = Math.min(delivered_orders, times.length)
        for (let k = seen[courier] ?? 0; k < until; k++) delaysMs.push(atMs - (times[k] ?? atMs))
        seen[courier] = Math.max(seen[courier] ?? 0, until)
      }
    }
  }

  const watcher = watch()
  const startedMs = performance.now()
  const posts: Promise<void>[] = []
  while (posted < ordersPerSecond * seconds) {
    const due = ((performance.now() - startedMs) / 1000) * ordersPerSecond
    while (posted < due && posted < ordersPerSecond * seconds) posts.push(post(posted++))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(posts)
  state.finished = true
  await watcher
  await cloud.stop()

  delaysMs.sort((a, b) => a - b)
  const at = (share: number): number =>
    delaysMs[Math.floor((delaysMs.length - 1) * share)] ?? Number.NaN
  const figures = {
    orders: posted,
    failures: JSON.stringify(
      Object.fromEntries(
        [...new Set(failures)].map((s) => [s, failures.filter((f) => f === s).length]),
      ),
    ),
    'p50 ms': at(0.5).toFixed(0),
    'p99 ms': against(at(0.99), 1000, 'at most'),
    'max ms': at(1).toFixed(0),
  }
  console.log(`\nFrom a 201 to the monitor, at ${ordersPerSecond} orders/s for ${seconds} s:\n`)
  printTable([figures])
  keep('visibility', { ordersPerSecond, seconds, ...figures })
}
