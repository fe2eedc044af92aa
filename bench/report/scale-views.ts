import type { Line } from './line-chart.ts'
import type { Row } from './markdown.ts'
import { shortText } from './axis.ts'
import { countText } from './number-text.ts'
import { numberIn, pointsOf, rowsOf, type Headline, type View } from './view.ts'

/** A line of each contender among the rows. */
const linesOf = (rows: readonly Row[], x: string, y: string): Line[] =>
  [...new Set(rows.map((row) => String(row['contender'])))].map((name) => ({
    name,
    points: pointsOf(
      rows.filter((row) => row['contender'] === name),
      x,
      y,
    ),
  }))

const lines = (rows: readonly Row[], x: string, values: Readonly<Record<string, string>>): Line[] =>
  Object.entries(values).map(([name, value]) => ({ name, points: pointsOf(rows, x, value) }))

/** A line of the README: what one figure was at the least size, and what it is at the greatest. */
function growth(
  rows: readonly Row[],
  o: { readonly x: string; readonly what: string; readonly value: string; readonly unit: string },
): Headline[] {
  const [first, last] = [rows[0], rows.at(-1)]
  const [before, after] = [numberIn(first, o.value), numberIn(last, o.value)]
  if (rows.length < 2 || Number.isNaN(before + after)) return []
  const sizes = [first, last].map((row) => shortText(numberIn(row, o.x)))
  return [
    {
      what: `${o.what} among ${sizes[1]} ${o.x}`,
      cloudlet: `${countText(after)}${o.unit}`,
      beside: `${countText(before)}${o.unit} among ${sizes[0]}`,
    },
  ]
}

const items: View = {
  title: 'Cost as a table grows',
  takes: '6 min; with ITEMS=10000,100000,1000000 2 min',
  charts: (run) => {
    const sizes = rowsOf(run, 'sizes')
    return [
      {
        kind: 'lines',
        file: 'items',
        title: items.title,
        subtitle:
          'GetItem at random places of one table on disk; 32 connections where it is served over HTTP',
        x: 'items in the table',
        panels: [
          {
            title: 'Latency and CPU inside the process, µs',
            log: true,
            lines: lines(sizes, 'items', { p50: 'p50Us', p99: 'p99Us', CPU: 'cpuUsPerGet' }),
          },
          {
            title: 'GetItem / s',
            log: true,
            lines: lines(sizes, 'items', {
              'inside the process': 'getsPerSecond',
              'over HTTP': 'servedPerSecond',
            }),
          },
          {
            title: 'Resident memory and file, MB',
            log: true,
            lines: lines(sizes, 'items', { memory: 'residentMb', file: 'fileMb' }),
          },
        ],
      },
    ]
  },
  headlines: (run) => {
    const sizes = rowsOf(run, 'sizes')
    const [first, last] = [sizes[0], sizes.at(-1)]
    if (first === undefined || last === undefined || first === last) return []
    const served = numberIn(last, 'servedPerSecond')
    return [
      {
        what: `GetItem over HTTP among ${shortText(numberIn(last, 'items'))} items`,
        cloudlet: `${countText(served)}/s`,
        beside: `${countText(served / numberIn(last, 'ofSmallest'))}/s in turn among ${shortText(numberIn(first, 'items'))}`,
      },
    ]
  },
}

const scaleClients: View = {
  title: 'Cost as clients grow',
  takes: '2 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    return [
      {
        kind: 'lines',
        file: 'scale-clients',
        title: scaleClients.title,
        subtitle: 'each client keeps a connection and sends its next request when it has an answer',
        x: 'concurrent clients',
        panels: [
          { title: 'Requests / s', lines: linesOf(rows, 'clients', 'requests/s') },
          { title: 'p50, ms', log: true, lines: linesOf(rows, 'clients', 'p50 ms') },
          { title: 'p99, ms', log: true, lines: linesOf(rows, 'clients', 'p99 ms') },
          { title: 'Resident memory, MB', lines: linesOf(rows, 'clients', 'MB resident') },
        ],
      },
    ]
  },
}

const scaleFunctions: View = {
  title: 'Cost as functions grow',
  takes: '2 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    return [
      {
        kind: 'lines',
        file: 'scale-functions',
        title: scaleFunctions.title,
        subtitle:
          'invoked in turn through Lambda’s API; of more than 96 the one that ran longest ago gives way',
        x: 'functions',
        panels: [
          {
            title: 'Latency of an invocation, ms',
            log: true,
            lines: lines(rows, 'functions', {
              'first call, p50': 'first p50 ms',
              p50: 'p50 ms',
              p99: 'p99 ms',
            }),
          },
          { title: 'Invocations / s', lines: lines(rows, 'functions', { all: 'invocations/s' }) },
          {
            title: 'Resident memory, MB',
            lines: lines(rows, 'functions', {
              deployed: 'MB deployed',
              'all invoked': 'MB invoked',
            }),
          },
          {
            title: 'Start and deployment, ms',
            lines: lines(rows, 'functions', { ready: 'ready ms' }),
          },
        ],
      },
    ]
  },
  headlines: (run) =>
    growth(rowsOf(run, 'rows'), {
      x: 'functions',
      what: 'an invocation, p50,',
      value: 'p50 ms',
      unit: ' ms',
    }),
}

const scaleUsers: View = {
  title: 'Cost as a user pool grows',
  takes: '3 min; with USERS=100,1000,10000 1 min',
  charts: (run) => {
    const rows = rowsOf(run, 'rows')
    return [
      {
        kind: 'lines',
        file: 'scale-users',
        title: scaleUsers.title,
        subtitle:
          'password logins of 8 clients; ListUsers by e-mail of one; users spread over the pool',
        x: 'users in the pool',
        panels: [
          {
            title: 'Latency, ms',
            log: true,
            lines: lines(rows, 'users', {
              'login p50': 'login p50 ms',
              'login p99': 'login p99 ms',
              'list p50': 'list p50 ms',
              'list p99': 'list p99 ms',
            }),
          },
          {
            title: 'Requests / s',
            log: true,
            lines: lines(rows, 'users', { logins: 'logins/s', ListUsers: 'lists/s' }),
          },
          {
            title: 'Resident memory, MB',
            lines: lines(rows, 'users', { resident: 'MB resident', 'own, not mapped': 'MB own' }),
          },
        ],
      },
    ]
  },
  headlines: (run) =>
    growth(rowsOf(run, 'rows'), {
      x: 'users',
      what: 'a password login, p50,',
      value: 'login p50 ms',
      unit: ' ms',
    }),
}

/** The four of `npm run bench -- scale`. */
export const scaleViews: Readonly<Record<string, View>> = {
  items,
  'scale-clients': scaleClients,
  'scale-functions': scaleFunctions,
  'scale-users': scaleUsers,
}
