import { merged } from '../../measure/histogram.ts'
import { clockText, countText, msText, percentText, rateText } from '../numbers.ts'
import type { Measured, RecordedFigures, RunRecord } from '../run-record.ts'
import { timelineOf, type Point } from '../timeline.ts'
import { escape } from './escape.ts'
import { histogramChart } from './histogram-chart.ts'
import { lineChart } from './line-chart.ts'
import { page, table, tile } from './page.ts'

/** A run as a page of its own. */
export function runPage({ record, seconds }: Measured): string {
  const points = timelineOf(seconds, record.elapsedMs / 1000)
  const durations = seconds
    .filter((each) => each.second * 1000 >= record.warmUpMs)
    .flatMap((each) => Object.values(each.requests).map((request) => request.durations))
  return page(
    `${record.scenario}: load run ${record.id}`,
    `<h1>${escape(record.scenario)}</h1>
<p class="sub">${escape(describePlan(record))}</p>
${tiles(record)}
${record.generator.warning === undefined ? '' : `<p class="warning">${escape(record.generator.warning)}</p>`}
<h2>Over time</h2>
<div class="charts">
${overTime(points)}
${histogramChart('How long requests took', merged(durations).data())}
</div>
<h2>By request</h2>
${requestTable(record)}
${errorTable(record)}
<h2>Slowest requests</h2>
${table(
  ['request', 'ms', 'at', 'answer'],
  record.slowest.map((each) => [
    escape(each.name),
    msText(each.ms),
    clockText(each.atMs),
    escape(each.outcome),
  ]),
)}
<h2>Environment</h2>
${table(['what', 'value'], environmentRows(record), 'texts')}`,
  )
}

export function describePlan({ plan, startedAt, elapsedMs }: RunRecord): string {
  const load =
    plan.rate === undefined
      ? `${plan.users} virtual users`
      : `${plan.rate} arrivals a second (open model: measured from the intended start)`
  return `${load}, ${plan.profile.name}, ${clockText(elapsedMs)} min, against ${plan.target}, ${startedAt.slice(0, 19).replace('T', ' ')} UTC`
}

function tiles({ all, passIf, usersMax }: RunRecord): string {
  return `<dl class="tiles">
${passIf === undefined ? '' : tile('Pass if', passIf.passed ? 'passed' : 'not passed', passIf.passed ? 'good' : 'bad')}
${tile('Average response', `${msText(all.averageMs)} ms`)}
${tile('Requests', countText(all.count))}
${tile('Requests a second', rateText(all.perSecond))}
${tile('p50', `${msText(all.p50Ms)} ms`)}
${tile('p95', `${msText(all.p95Ms)} ms`)}
${tile('p99', `${msText(all.p99Ms)} ms`)}
${tile('Errors', percentText(all.errorRate), all.errorRate > 0 ? 'bad' : '')}
${tile('Users at the most', countText(usersMax))}
</dl>`
}

function overTime(points: readonly Point[]): string {
  const x = points.map((point) => point.second)
  const shared = { x, xText: (second: number) => clockText(second * 1000) }
  return [
    lineChart({
      ...shared,
      title: 'Response time',
      unit: 'ms',
      valueText: msText,
      series: [
        { name: 'p50', colour: 1, values: points.map((point) => point.p50Ms) },
        { name: 'p95', colour: 2, values: points.map((point) => point.p95Ms) },
        { name: 'p99', colour: 3, dashed: true, values: points.map((point) => point.p99Ms) },
      ],
    }),
    lineChart({
      ...shared,
      title: 'Throughput',
      unit: 'requests a second',
      valueText: rateText,
      series: [
        {
          name: 'requests',
          colour: 1,
          filled: true,
          values: points.map((point) => point.perSecond),
        },
      ],
    }),
    lineChart({
      ...shared,
      title: points.some((point) => point.errorsPerSecond > 0) ? 'Errors' : 'Errors: none',
      unit: 'a second',
      valueText: rateText,
      series: [
        {
          name: 'errors',
          colour: 2,
          filled: true,
          values: points.map((point) => point.errorsPerSecond),
        },
      ],
    }),
    lineChart({
      ...shared,
      title: 'Virtual users',
      unit: '',
      whole: true,
      valueText: countText,
      series: [
        { name: 'users', colour: 4, filled: true, values: points.map((point) => point.users) },
      ],
    }),
  ].join('\n')
}

export const figureHead = [
  'request',
  'count',
  'requests/s',
  'average',
  'p50',
  'p90',
  'p95',
  'p99',
  'max',
  'errors',
]

function requestTable({ requests, all }: RunRecord): string {
  const row = (name: string, figures: RecordedFigures): string[] => [
    name,
    countText(figures.count),
    rateText(figures.perSecond),
    ...[
      figures.averageMs,
      figures.p50Ms,
      figures.p90Ms,
      figures.p95Ms,
      figures.p99Ms,
      figures.maxMs,
    ].map(msText),
    figures.errorRate > 0 ? `<span class="bad">${percentText(figures.errorRate)}</span>` : '0 %',
  ]
  return table(figureHead, [
    ...Object.entries(requests).map(([name, figures]) => row(escape(name), figures)),
    row('<b>all</b>', all),
  ])
}

function errorTable({ all, examples }: RunRecord): string {
  const rows = Object.entries(all.errors).flatMap(([source, kinds]) =>
    Object.entries(kinds).map(([kind, count]) => [
      `${escape(source)} <b>${escape(kind)}</b>`,
      countText(count),
      escape(examples[`${source} ${kind}`] ?? ''),
    ]),
  )
  if (rows.length === 0) return ''
  return `<h2>Errors by kind</h2>\n${table(['kind', 'count', 'for example'], rows, 'texts')}`
}

function environmentRows({ environment, generator, plan, warmUpMs }: RunRecord): string[][] {
  const rows: [string, string | number][] = [
    ...Object.entries(environment),
    ['workers', plan.workers],
    ['seed', plan.seed],
    ['warm-up left out', `${warmUpMs / 1000} s`],
    [
      'generator busy',
      `${percentText(generator.busy)} (worst second ${percentText(generator.busyMax)})`,
    ],
    ['generator used', `${generator.cpu.toFixed(2)} cores`],
    ['generator late by', `${msText(generator.lagMsMax)} ms at worst`],
  ]
  return rows.map((row) => row.map(escape))
}
