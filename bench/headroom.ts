import { runLoad, summarize, type Plan, type TargetAddress } from '@cloudlet/loadtest'
import { cloudletUp, memoryMb } from './contender.ts'
import { keep, median, printTable, type Row } from './report.ts'

/**
 * The question: how many of Cargo Express's orders does one machine take, and what do figure shards change? The
 * scenario `cargo` (of ten requests eight are orders) first as fast as 16 users can, then at fixed arrival rates.
 */

const rates = [10, 50, 100, 200]
const rounds = 3
const saturationMs = 6_000
const rateMs = 5_000
/** docs/capacity.md: 320 orders a day, a fifth of them in the busiest hour. */
const todaysPeakPerSecond = (320 * 0.2) / 3600
const ordersShare = 0.8

async function measured(target: TargetAddress, rest: Partial<Plan>) {
  const plan: Plan = {
    source: { kind: 'shipped', name: 'cargo' },
    target,
    profile: { name: 'fixed', durationMs: rateMs },
    users: 16,
    delayMs: 0,
    stopOnFailure: false,
    timeoutMs: 30_000,
    connectionsMax: 1_000,
    seed: 1,
    runId: `headroom-${process.pid}-${performance.now().toFixed(0)}`,
    data: [],
    ...rest,
  }
  const outcome = await runLoad(plan, { workers: 1 })
  return summarize(outcome.seconds, outcome.elapsedMs / 1000).all
}

async function cloudWith(shards: number) {
  const app = `FIGURE_SHARDS=${shards} node --import tsx services/infra/app.ts`
  const cloud = await cloudletUp(['--app', app, '--sources', 'services', '--memory'])
  const answer = await fetch(`${cloud.ready.endpoint}/_cloudlet/token?use=access`, {
    method: 'POST',
  })
  const { token } = (await answer.json()) as { token: string } // POST /_cloudlet/token
  const base = cloud.ready.frontDoor.replace('//localhost', '//127.0.0.1')
  const target: TargetAddress = { base, services: {}, accessToken: token }
  await measured(target, { profile: { name: 'fixed', durationMs: 3_000 } }) // warms up
  return { shards, cloud, target, saturation: [] as number[] }
}

export async function headroom(): Promise<void> {
  const clouds = [await cloudWith(1), await cloudWith(8)]
  for (let round = 0; round < rounds; round++) {
    for (const { target, saturation } of clouds) {
      const all = await measured(target, { profile: { name: 'fixed', durationMs: saturationMs } })
      saturation.push(all.perSecond)
      process.stdout.write('.')
    }
  }
  const saturationRows = clouds.map(({ shards, saturation, cloud }): Row => {
    const orders = median(saturation) * ordersShare
    return {
      'figure shards': shards,
      'requests/s': Math.round(median(saturation)),
      range: `${Math.round(Math.min(...saturation))}–${Math.round(Math.max(...saturation))}`,
      'orders/s': Math.round(orders),
      "times today's peak": Math.round(orders / todaysPeakPerSecond),
      'MB resident': Math.round(memoryMb(cloud.process.pid).residentMb),
    }
  })
  const rateRows: Row[] = []
  for (const rate of rates) {
    for (const { shards, target } of clouds) {
      const all = await measured(target, { rate })
      rateRows.push({
        'arrivals/s': rate,
        'figure shards': shards,
        "times today's peak": Math.round((rate * ordersShare) / todaysPeakPerSecond),
        'p50 ms': all.p50Ms.toFixed(1),
        'p95 ms': all.p95Ms.toFixed(1),
        'p99 ms': all.p99Ms.toFixed(1),
        errors: all.failed,
      })
    }
  }
  await Promise.all(clouds.map(({ cloud }) => cloud.stop()))
  console.log(`\n\nAs fast as 16 users can, ${rounds} interleaved rounds, medians:\n`)
  printTable(saturationRows)
  console.log('\nAt fixed arrival rates (measured from the intended start):\n')
  printTable(rateRows)
  keep('headroom', { saturation: saturationRows, rates: rateRows })
}
