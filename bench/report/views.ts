import { countText, factorText } from './number-text.ts'
import { shortText } from './axis.ts'
import { scaleViews } from './scale-views.ts'
import { barGroups, barOf, numberIn, pointsOf, rowsOf, type Headline, type View } from './view.ts'
import type { Row } from './markdown.ts'
import type { Run } from './run.ts'

const cell =
  (name: string) =>
  (row: Row): string =>
    String(row[name] ?? '')

const isCloudlet = (row: Row): boolean => /cloudlet/i.test(String(row['contender'] ?? ''))

/** A line of the README for one workload: Cloudlet's row, and every other contender's beside it. */
function against(
  rows: readonly Row[],
  what: string,
  value: string,
  unit: string,
  more: (row: Row) => string = () => '',
): readonly Headline[] {
  const ours = rows.find(isCloudlet)
  if (ours === undefined) return []
  const others = rows.filter((row) => row !== ours && !String(row['contender']).startsWith('bare'))
  const text = (row: Row): string => `${countText(numberIn(row, value))}${unit}${more(row)}`
  return [
    {
      what,
      cloudlet: text(ours),
      beside: others.map((row) => `${String(row['contender'])} ${text(row)}`).join('; '),
    },
  ]
}

/** The goals of `foundation`: what is to be left of a bare server's pace. */
function shareWanted(row: Row): number | undefined {
  const shares: Readonly<Record<string, number>> = { hello: 0.25, 'GET a token': 0.065 }
  return Object.entries(shares).find(([start]) => String(row['what']).startsWith(start))?.[1]
}

const foundation: View = {
  title: 'Gateway and functions against a bare server',
  takes: '3 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    const bare = numberIn(rows[0], 'requests/s')
    const groups = rows.map((row) => {
      const what = String(row['what'])
      const share = shareWanted(row)
      return {
        name: what.replace(' through the gateway', ' function').replace(', end to end', ''),
        bars: [barOf(row, what.startsWith('bare') ? 'bare node:http' : 'Cloudlet', 'requests/s')],
        ...(share === undefined ? {} : { goal: share * bare }),
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
  headlines: (run) =>
    rowsOf(run, 'rows')
      .slice(1)
      .map((row) => ({
        what: String(row['what']),
        cloudlet: `${countText(numberIn(row, 'requests/s'))}/s`,
        beside: `${String(row['of bare'])} of bare node:http, goal: ${shareWanted(row)} at least`,
      })),
}

const dynamodb: View = {
  title: 'DynamoDB engine against its peers',
  takes: '3 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'dynamodb',
      title: dynamodb.title,
      subtitle: `1 KB items, ${String(run['concurrency'])} connections, median of ${String(run['rounds'])} rounds; more is better`,
      axis: 'operations / s',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: cell('workload'),
        name: cell('contender'),
        value: 'ops/s',
      }),
    },
  ],
  headlines: (run) =>
    ['GetItem', 'PutItem', 'Query 20', 'TransactWriteItems 2'].flatMap((workload) =>
      against(
        rowsOf(run, 'rows').filter((row) => row['workload'] === workload),
        `${workload}, ${String(run['concurrency'])} connections`,
        'ops/s',
        '/s',
      ),
    ),
}

const functions: View = {
  title: 'Functions behind HTTP, against serverless-offline',
  takes: '3 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'functions',
      title: functions.title,
      subtitle: `a function that says hello; median and range of ${String(run['rounds'])} interleaved rounds; more is better`,
      axis: 'requests / s',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: (row) =>
          `${String(row['connections'])} ${row['connections'] === 1 ? 'connection' : 'connections'}`,
        name: cell('contender'),
        value: 'requests/s',
      }),
    },
    {
      kind: 'bars',
      file: 'functions-cold',
      title: 'The first request of a function',
      subtitle: 'the host is up, the function has not run yet; median and range; less is better',
      axis: 'milliseconds',
      groups: barGroups(rowsOf(run, 'cold'), {
        group: () => 'first answer',
        name: cell('contender'),
        value: 'first answer ms',
      }),
    },
  ],
  headlines: (run) => [
    ...against(
      rowsOf(run, 'rows').filter((row) => row['connections'] === 32),
      'a hello function, 32 connections',
      'requests/s',
      '/s',
    ),
    ...against(
      rowsOf(run, 'cold'),
      'its first request, the host being up',
      'first answer ms',
      ' ms',
    ),
  ],
}

const cognito: View = {
  title: 'User pools against cognito-local',
  takes: '12 min; with BENCH_USERS=10000 BENCH_LOGIN_MINUTES=1 3 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'cognito',
      title: cognito.title,
      subtitle: `password logins and sign-ups at concurrency ${String(run['concurrency'])}; more is better`,
      axis: 'operations / s',
      groups: barGroups(
        onceEach(rowsOf(run, 'rows').filter((row) => row['workload'] !== 'ListUsers by email')),
        { group: poolText, name: (row) => contenderText(row), value: 'ops/s' },
      ),
    },
  ],
  headlines: (run) => {
    const logins = rowsOf(run, 'rows').filter((row) => row['workload'] === 'password login')
    const peer = logins.findLast((row) => !isCloudlet(row))
    const ours = logins.findLast(isCloudlet)
    if (ours === undefined || peer === undefined) return []
    return [
      {
        what: 'password logins',
        cloudlet: `${countText(numberIn(ours, 'ops/s'))}/s among ${countText(numberIn(ours, 'users in pool'))} users`,
        beside: `${String(peer['contender'])} ${countText(numberIn(peer, 'ops/s'))}/s among ${countText(numberIn(peer, 'users in pool'))}`,
      },
    ]
  },
}

const poolText = (row: Row): string =>
  `${String(row['workload'])}, ${shortText(numberIn(row, 'users in pool'))} users`

const contenderText = (row: Row): string =>
  String(row['contender']).replace(/^cloudlet$/, 'Cloudlet')

/** The peer's pool does not grow with ours, and is measured again beside it: its first figures are shown. */
const onceEach = (rows: readonly Row[]): Row[] => {
  const keys = rows.map((row) => `${poolText(row)} ${contenderText(row)}`)
  return rows.filter((_, at) => keys.indexOf(keys[at] ?? '') === at)
}

const startup: View = {
  title: 'From the command to the first answer',
  takes: '2 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'startup',
      title: startup.title,
      subtitle: `median and range of ${String(run['rounds'])} starts; less is better`,
      axis: 'milliseconds',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: cell('what answers'),
        name: cell('contender'),
        value: 'ms',
      }),
    },
  ],
  headlines: (run) => {
    const kinds = [...new Set(rowsOf(run, 'rows').map(cell('what answers')))]
    return kinds.flatMap((kind) =>
      against(
        rowsOf(run, 'rows').filter((row) => row['what answers'] === kind),
        `start to first answer: ${kind}`,
        'ms',
        ' ms',
      ),
    )
  },
}

/** Pages of a mapped file count as resident; the system takes them back when it needs to. */
const ownText = (row: Row): string =>
  numberIn(row, 'own MB') < 0.5 * numberIn(row, 'after MB')
    ? ` (${countText(numberIn(row, 'own MB'))} MB without the mapped data file)`
    : ''

const memory: View = {
  title: 'Memory, idle and after the same work',
  takes: '3 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'memory',
      title: memory.title,
      subtitle: 'resident memory of the process after a fixed amount of work; less is better',
      axis: 'MB resident',
      groups: barGroups(rowsOf(run, 'rows'), {
        group: cell('after'),
        name: cell('contender'),
        value: 'after MB',
      }),
    },
  ],
  headlines: (run) => {
    const kinds = [...new Set(rowsOf(run, 'rows').map(cell('after')))]
    return kinds.flatMap((kind) =>
      against(
        rowsOf(run, 'rows').filter((row) => row['after'] === kind),
        `memory after ${kind}`,
        'after MB',
        ' MB',
        ownText,
      ),
    )
  },
}

const sdk: View = {
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

const load: View = {
  title: 'The load generator against autocannon',
  takes: '1 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    const goal = 0.9 * numberIn(rows[1], 'requests/s')
    const groups = barGroups(rows, {
      group: () => 'requests sent',
      name: cell('generator'),
      value: 'requests/s',
      goal: () => goal,
    })
    const subtitle = `${String(run['connections'])} connections against a bare node:http server; median and range; more is better`
    return [
      { kind: 'bars', file: 'load', title: load.title, subtitle, axis: 'requests / s', groups },
    ]
  },
  headlines: (run) => {
    const [ours, theirs] = rowsOf(run, 'rows')
    if (ours === undefined || theirs === undefined) return []
    const [our, their] = [numberIn(ours, 'requests/s'), numberIn(theirs, 'requests/s')]
    return [
      {
        what: '`cloudlet load`, requests generated',
        cloudlet: `${countText(our)}/s`,
        beside: `autocannon ${countText(their)}/s (${factorText(our / their)})`,
      },
    ]
  },
}

const headroom: View = {
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

const visibility: View = {
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

const limits: View = {
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

/** The one list of how benches are shown, in the order of the pages. A new bench gets its line here and in main.ts. */
export const views: Readonly<Record<string, View>> = {
  foundation,
  functions,
  dynamodb,
  sdk,
  cognito,
  startup,
  memory,
  limits,
  visibility,
  load,
  headroom,
  ...scaleViews,
}

/** Runs in the order of `views`; last those that have none, with their name as their title. */
export function inOrder(runs: readonly Run[]): readonly (readonly [Run, View])[] {
  const names = Object.keys(views)
  const place = ({ name }: Run): number =>
    names.includes(name) ? names.indexOf(name) : names.length
  return runs
    .toSorted((a, b) => place(a) - place(b))
    .map((run) => [run, views[run.name] ?? { title: run.name, takes: 'some minutes' }])
}
