import { commandLine, misused } from '../command-line.ts'
import { conflictShare } from './conflicts.ts'
import { billOf, peakOf, today, totalOf, usesOf, type Demand } from './model.ts'

const USAGE = `npm run capacity -- [options]

What Cargo Express's orders take on AWS: the peak, the limits it comes near, and a month's bill.

  --orders-per-day N   orders of a day (${today.ordersPerDay})
  --peak-hour-share S  of a day's orders, those of the busiest hour (${today.peakHourShare})
  --dashboards N       dashboards open during the working day (${today.dashboards})
  --couriers N, --products N   how many there are (${today.couriers}, ${today.products})
  --figure-shards N    in how many parts the figures are kept (1)
  --help               this text

Prices and quotas, with their sources: scripts/capacity/prices.ts. What the figures mean: docs/capacity.md.
`

const STEPS: readonly (readonly [name: string, times: number])[] = [
  ['today', 1],
  ['in a year (+500 %)', 6],
  ['in two years (double)', 12],
  ['a hundred times', 100],
  ['ten thousand times', 10_000],
]

const { values } = commandLine(USAGE, {
  options: {
    'orders-per-day': { type: 'string' },
    'peak-hour-share': { type: 'string' },
    dashboards: { type: 'string' },
    couriers: { type: 'string' },
    products: { type: 'string' },
    'figure-shards': { type: 'string', default: '1' },
  },
})

function numberOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (value > 0) return value
  return misused(`--${option} must be a number above 0, not ${JSON.stringify(text)}.`, USAGE)
}

const significant = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  )
  for (const row of rows) {
    console.log(
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
  }
}

function main(): void {
  const shards = numberOf('figure-shards', values['figure-shards'], 1)
  const base: Demand = {
    ...today,
    ordersPerDay: numberOf('orders-per-day', values['orders-per-day'], today.ordersPerDay),
    peakHourShare: numberOf('peak-hour-share', values['peak-hour-share'], today.peakHourShare),
    dashboards: numberOf('dashboards', values.dashboards, today.dashboards),
    couriers: numberOf('couriers', values.couriers, today.couriers),
    products: numberOf('products', values.products, today.products),
  }
  const steps = STEPS.map(([name, times]) => {
    const demand = { ...base, ordersPerDay: base.ordersPerDay * times }
    const peak = peakOf(demand)
    return { name, demand, peak, bill: billOf(demand), uses: usesOf(peak, shards) }
  })
  print([
    ['', 'orders a day', 'orders/s at peak', 'functions at once', 'USD a month', 'nearest limit'],
    ...steps.map(({ name, demand, peak, bill, uses }) => [
      name,
      significant(demand.ordersPerDay),
      significant(peak.ordersPerSecond),
      significant(peak.lambdaConcurrency),
      totalOf(bill).toFixed(2),
      `${significant((uses[0]?.[1] ?? 0) * 100)} %  ${uses[0]?.[0] ?? ''}`,
    ]),
  ])
  console.log('\nThe bill, USD a month, without free tiers')
  print([
    ['', ...Object.keys(steps[0]?.bill ?? {})],
    ...steps.map(({ name, bill }) => [name, ...Object.values(bill).map((each) => each.toFixed(2))]),
  ])
  console.log(
    '\nTransactions that meet another, by projectors at once (half of the time busy) and figure shards',
  )
  print([
    ['projectors', '1 shard', '4 shards', '16 shards', '64 shards'],
    ...[2, 4, 8].map((projectors) => [
      String(projectors),
      ...[1, 4, 16, 64].map(
        (each) => `${(conflictShare(projectors, 0.5, each) * 100).toFixed(0)} %`,
      ),
    ]),
  ])
}

main()
