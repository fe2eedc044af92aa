import { cloudletUp, memoryMb } from './contender.ts'
import { billedRows } from './headroom-billed.ts'
import { hotKeys } from './headroom-hot.ts'
import { cargoTarget, measured } from './headroom-load.ts'
import { keep, median, printTable, type Row } from './report.ts'

/**
 * The question: how many of Cargo Express's orders does one machine take, and what do figure shards change? The
 * scenario `cargo` (of ten requests eight are orders) first as fast as 16 users can, then at fixed arrival rates; then
 * what its functions are billed for.
 */

/** The least is a hundred times today's busiest hour. */
const rates = [2.25, 10, 50, 100, 200]
const rounds = 4
const warmUpMs = 8_000
const saturationMs = 5_000
/** As long as it takes for some requests to arrive. */
const rateMs = (rate: number): number => (rate < 10 ? 12_000 : 4_000)
/** docs/capacity.md: 320 orders a day, a fifth of them in the busiest hour. */
const todaysPeakPerSecond = (320 * 0.2) / 3600
const ordersShare = 0.8

async function cloudWith(shards: number) {
  const app = `FIGURE_SHARDS=${shards} node --import tsx services/infra/app.ts`
  const cloud = await cloudletUp(['--app', app, '--sources', 'services', '--memory'])
  const target = await cargoTarget(cloud.ready)
  await measured(target, { profile: { name: 'fixed', durationMs: warmUpMs } })
  return { shards, cloud, target, saturation: [] as number[] }
}

export async function headroom(): Promise<void> {
  const clouds = [await cloudWith(1), await cloudWith(8)]
  for (let round = 0; round < rounds; round++) {
    // In turn first, so that neither always comes after the other.
    const order = round % 2 === 0 ? clouds : clouds.toReversed()
    for (const { target, saturation } of order) {
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
      const profile = { name: 'fixed', durationMs: rateMs(rate) } as const
      const all = await measured(target, { rate, profile })
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
  const hot: Row[] = []
  for (const { shards, cloud } of clouds) hot.push(await hotKeys(cloud.ready.endpoint, shards))
  await Promise.all(clouds.map(({ cloud }) => cloud.stop()))
  const billed = await billedRows()
  console.log(`\n\nAs fast as 16 users can, ${rounds} interleaved rounds, medians:\n`)
  printTable(saturationRows)
  console.log('\nAt fixed arrival rates (measured from the intended start):\n')
  printTable(rateRows)
  console.log('\nWhat the hottest keys of the figures take, and whether totals are exact:\n')
  printTable(hot)
  console.log('\nBilled, by the REPORT lines, with the processor share of 512 MB:\n')
  printTable(billed)
  keep('headroom', { saturation: saturationRows, rates: rateRows, hot, billed })
}
