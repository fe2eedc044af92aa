import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countedOnce } from '../chaos/orders.ts'
import { startProcess, withServices, type RunningCloud } from '../chaos/running-cloud.ts'
import { targetOf } from '../load/target-of.ts'
import { orderFlow, type Seen } from './order-flow.ts'

/** How a life of the cloud ends, and how long it is. */
export type Life = { readonly ms: number; readonly end: 'SIGTERM' | 'SIGKILL' }

export type Faults = {
  readonly ordersPerSecond: number
  /** The cloud is started again after each, on the same ports and data; the clients go on all the while. */
  readonly lives: readonly Life[]
  /** The functions of the way of an order die now and then. */
  readonly frail?: boolean
  /** What the cloud is run under, to slow its disk; every commit then waits for the disk. */
  readonly slowDisk?: readonly string[]
  readonly progress?: (line: string) => void
}

const frailServices = [
  '--app',
  'FRAIL_FUNCTIONS=cargo-orders,cargo-projector node conformance/faults/frail-app.mjs',
  '--sources',
  'services',
  '--sources',
  'conformance/faults',
]

export type Outcome = Omit<Seen, 'wrong'> & {
  /** Answers that no client could make sense of, acknowledged orders that are gone, figures that are not exact. */
  readonly problems: readonly string[]
}

/** Orders at a rate while things break; then everything is counted. */
export async function loadUnderFaults(faults: Faults): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-faults-'))
  const { slowDisk } = faults
  const words = [
    ...(faults.frail === true ? frailServices : withServices),
    ...(slowDisk === undefined ? [] : ['--durability', 'flush']),
  ]
  const start = (before?: RunningCloud): Promise<RunningCloud> =>
    startProcess(join(folder, 'data'), words, {
      ...(slowDisk === undefined ? {} : { under: slowDisk }),
      ...(before === undefined ? {} : { ports: portsOf(before) }),
    })
  let cloud = await first(slowDisk, join(folder, 'data'), words, start)
  try {
    const { accessToken } = await targetOf(cloud)
    const flow = orderFlow({
      address: `${cloud.services['cargo']}/orders`,
      token: accessToken ?? '',
      perSecond: faults.ordersPerSecond,
      crashes: faults.frail === true,
    })
    for (const { ms, end } of faults.lives) {
      await new Promise((resolve) => setTimeout(resolve, ms))
      await (end === 'SIGKILL' ? cloud.kill() : cloud.stop())
      faults.progress?.(`${end} after ${ms} ms`)
      cloud = await start(cloud)
    }
    const { wrong, ...seen } = await flow.end()
    const { lost, differences } = await countedOnce(cloud, seen.acknowledged)
    return { ...seen, problems: [...wrong, ...lost, ...differences] }
  } finally {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** On a slow disk the services would take a minute to be deployed: that is done before. */
async function first(
  slowDisk: readonly string[] | undefined,
  data: string,
  words: readonly string[],
  start: () => Promise<RunningCloud>,
): Promise<RunningCloud> {
  if (slowDisk !== undefined) await (await startProcess(data, words)).stop()
  return start()
}

const portsOf = ({ endpoint, frontDoor }: RunningCloud) => ({
  endpoint: Number(new URL(endpoint).port),
  frontDoor: Number(new URL(frontDoor).port),
})
