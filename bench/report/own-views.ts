import type { Row } from './markdown.ts'
import { countText } from './number-text.ts'
import { barGroups, barOf, cell, numberIn, pointsOf, rowsOf, type View } from './view.ts'

/** Benches in which Cloudlet stands beside a bare limit, a goal or itself. */

/** The goals of `foundation`, in requests a second: a share of a bare server's pace, or a figure that is enough. */
function rateWanted(row: Row | undefined, bare: number): number | undefined {
  const what = String(row?.['what'])
  if (what.startsWith('hello')) return 0.25 * bare
  if (what.startsWith('GET a token')) return Math.min(2_400, 0.065 * bare)
  return undefined
}

export const foundation: View = {
  title: 'Gateway and functions against a bare server',
  takes: '3 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    const bare = numberIn(rows[0], 'requests/s')
    const groups = rows.map((row) => {
      const what = String(row['what'])
      const goal = rateWanted(row, bare)
      return {
        name: what.replace(' through the gateway', ' function').replace(', end to end', ''),
        bars: [barOf(row, what.startsWith('bare') ? 'bare node:http' : 'Cloudlet', 'requests/s')],
        ...(goal === undefined ? {} : { goal }),
      }
    })
    const subtitle = `${String(run['concurrency'])} connections, median and range of ${String(run['rounds'])} rounds; more is better`
    return [
      {
        kind: 'bars',
        file: 'foundation',
        title: foundation.title,
        subtitle,
        axis: 'requests / s',
        groups,
      },
    ]
  },
  headlines: (run) => {
    const [bare, ...rows] = rowsOf(run, 'rows')
    return rows.map((row) => ({
      what: String(row['what']),
      cloudlet: `${countText(numberIn(row, 'requests/s'))}/s`,
      beside: `${String(row['of bare'])} of bare node:http; goal: ${countText(rateWanted(row, numberIn(bare, 'requests/s')) ?? 0)}/s at least`,
    }))
  },
}

export const sdk: View = {
  title: 'The AWS SDK inside a test process',
  takes: '1 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'sdk',
      title: sdk.title,
      subtitle: 'GetItem through the SDK, 8 calls at a time; median and range; more is better',
      axis: 'calls / s',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: cell('SDK GetItem'),
        name: () => 'Cloudlet',
        value: 'calls/s',
      }),
    },
  ],
  headlines: (run) => {
    const [inside, http] = rowsOf(run, 'rows')
    if (inside === undefined || http === undefined) return []
    return [
      {
        what: 'SDK GetItem inside the test process',
        cloudlet: `${countText(numberIn(inside, 'calls/s'))}/s`,
        beside: `the same engine over loopback HTTP ${countText(numberIn(http, 'calls/s'))}/s`,
      },
    ]
  },
}

export const headroom: View = {
  title: 'Cargo Express’s orders on one machine',
  takes: '3 min',
  charts: (run) => {
    const rates = rowsOf(run, 'rates')
    const shards = [...new Set(rates.map(cell('figure shards')))]
    const line = (value: string) =>
      shards.map((count) => ({
        name: `${count} figure shard${count === '1' ? '' : 's'}`,
        points: pointsOf(
          rates.filter((row) => String(row['figure shards']) === count),
          'arrivals/s',
          value,
        ),
      }))
    return [
      {
        kind: 'lines',
        file: 'headroom',
        title: headroom.title,
        subtitle:
          'requests arrive at a fixed rate, measured from the intended start; less is better',
        x: 'arrivals / s',
        panels: [
          { title: 'p50, ms', log: true, lines: line('p50 ms') },
          { title: 'p99, ms', log: true, lines: line('p99 ms') },
        ],
      },
    ]
  },
  headlines: (run) => {
    const best = rowsOf(run, 'saturation').toSorted(
      (a, b) => numberIn(b, 'orders/s') - numberIn(a, 'orders/s'),
    )[0]
    if (best === undefined) return []
    return [
      {
        what: 'orders of Cargo Express, as fast as 16 users can',
        cloudlet: `${countText(numberIn(best, 'orders/s'))}/s`,
        beside: `${countText(numberIn(best, "times today's peak"))} times today’s busiest hour`,
      },
    ]
  },
}

export const visibility: View = {
  title: 'From a 201 to the monitor',
  takes: '1 min',
  headlines: (run) => [
    {
      what: `an order shows in the monitor, at ${String(run['ordersPerSecond'])} orders/s`,
      cloudlet: `p50 ${String(run['p50 ms'])} ms, p99 ${countText(Number.parseFloat(String(run['p99 ms'])))} ms`,
      beside: 'goal: p99 of 1,000 ms at most',
    },
  ],
}

export const limits: View = {
  title: 'What the machine can do at all',
  takes: '1 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'limits',
      title: limits.title,
      subtitle: 'no Cloudlet in it: the ground that all other figures stand on; median and range',
      axis: 'operations / s',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: cell('what'),
        name: () => 'bare',
        value: 'ops/s',
      }),
    },
  ],
}
