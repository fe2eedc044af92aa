import { shortText } from './axis.ts'
import type { Row } from './markdown.ts'
import { countText, factorText } from './number-text.ts'
import { against, barGroups, cell, isCloudlet, numberIn, rowsOf, type View } from './view.ts'

/** Benches in which a peer stands beside Cloudlet. */

export const dynamodb: View = {
  title: 'DynamoDB engine against its peers',
  takes: '4 min',
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
    ['GetItem', 'PutItem', 'TransactWriteItems 2'].flatMap((workload) =>
      against(
        rowsOf(run, 'rows').filter((row) => row['workload'] === workload),
        `${workload}, ${String(run['concurrency'])} connections`,
        'ops/s',
        '/s',
      ),
    ),
}

export const functions: View = {
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

export const cognito: View = {
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

export const startup: View = {
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

/** A program's own code is mapped too: less than this says nothing. */
const mappedMbTold = 100

/** Pages of a mapped file count as resident; the system takes them back when it needs to. */
const ownText = (row: Row): string =>
  numberIn(row, 'after MB') - numberIn(row, 'own MB') > mappedMbTold
    ? ` (${countText(numberIn(row, 'own MB'))} without mapped files)`
    : ''

export const memory: View = {
  title: 'Memory, idle and after the same work',
  takes: '3 min',
  charts: (run) => [
    {
      kind: 'bars',
      file: 'memory',
      title: memory.title,
      subtitle:
        'resident memory, of which most is its mapped data file where Cloudlet holds items; less is better',
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

export const load: View = {
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
