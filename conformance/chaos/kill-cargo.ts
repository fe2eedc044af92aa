import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countedOnce, makeOrder, type Findings, type Order } from './orders.ts'
import { startProcess, type RunningCloud } from './running-cloud.ts'

/**
 * Posts orders at a rate, kills the cloud with SIGKILL in the midst of it, starts it again on the same folder,
 * and so on; then compares the aggregates with the sums of the orders table, exactly.
 */
export async function killUnderOrders(options: {
  kills: number
  ordersPerSecond: number
  /** Between the start and the kill, in turn. */
  livesMs: readonly number[]
  progress?: (line: string) => void
}): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-chaos-'))
  const data = join(folder, 'data')
  const acknowledged = new Set<string>()
  let serial = 0
  try {
    for (let life = 0; life < options.kills; life++) {
      const cloud = await startProcess(data)
      const lifeMs = options.livesMs[life % options.livesMs.length] ?? 1_000
      serial = await orders(cloud, serial, options.ordersPerSecond, lifeMs, acknowledged)
      options.progress?.(`kill ${life + 1}: ${acknowledged.size} orders acknowledged so far`)
    }
    const cloud = await startProcess(data)
    const findings = await countedOnce(cloud, acknowledged)
    await cloud.stop()
    return findings
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function accessToken(cloud: RunningCloud): Promise<string> {
  const answer = await fetch(`${cloud.endpoint}/_cloudlet/token?use=access`, { method: 'POST' })
  return ((await answer.json()) as { token: string }).token
}

/** Posts until the kill; gives the next serial number. */
async function orders(
  cloud: RunningCloud,
  firstSerial: number,
  perSecond: number,
  lifeMs: number,
  acknowledged: Set<string>,
): Promise<number> {
  const token = await accessToken(cloud)
  const startedMs = performance.now()
  let serial = firstSerial
  let killed = false
  const posts: Promise<void>[] = []
  async function post({ id, body }: Order): Promise<void> {
    try {
      const response = await fetch(`${cloud.services['cargo']}/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      })
      await response.arrayBuffer()
      if (response.status === 201) acknowledged.add(id)
      else throw new Error(`An order was answered with ${response.status}.`)
    } catch (error) {
      if (!killed) throw error // after the kill a broken connection is what we asked for
    }
  }
  while (performance.now() - startedMs < lifeMs) {
    const due = firstSerial + ((performance.now() - startedMs) / 1000) * perSecond
    while (serial < due) posts.push(post(makeOrder(serial++)))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  killed = true
  await cloud.kill()
  await Promise.all(posts)
  return serial
}
