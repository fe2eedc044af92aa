import { countText, msText, percentText, rateText } from '../numbers.ts'
import type { RecordedFigures, RunRecord } from '../run-record.ts'
import type { Paint } from './live-view.ts'

/** What a run comes to: the average response time, a table by request, errors by kind. */
export function endTable(record: RunRecord, paint: Paint): string {
  const { all, requests, generator, examples, passIf } = record
  const head = [
    'request',
    'count',
    'requests/s',
    'average',
    'p50',
    'p90',
    'p95',
    'p99',
    'max ms',
    'errors',
  ]
  const rows = [
    ...Object.entries(requests).map(([name, figures]) => rowOf(name, figures)),
    rowOf('all', all),
  ]
  const kinds = Object.entries(all.errors).flatMap(([source, counts]) =>
    Object.entries(counts).map(
      ([kind, count]) =>
        `  ${paint.red(`${source} ${kind}`)} ×${countText(count)}  ${paint.dim(examples[`${source} ${kind}`] ?? '')}`,
    ),
  )
  return [
    `Average response time ${paint.bold(`${msText(all.averageMs)} ms`)}, ${paint.bold(rateText(all.perSecond))} requests a second, errors ${percentText(all.errorRate)}`,
    '',
    aligned([head, ...rows])
      .map((line, at) => (at === 0 ? paint.dim(line) : line))
      .join('\n'),
    ...(kinds.length === 0 ? [] : ['', 'Errors by kind', ...kinds]),
    ...(generator.warning === undefined ? [] : ['', paint.yellow(generator.warning)]),
    ...(passIf === undefined
      ? []
      : [
          '',
          ...passIf.parts.map(
            ({ text, value, met }) =>
              `  ${met ? paint.green('✓') : paint.red('✗')} ${text}  ${paint.dim(`is ${Number(value.toPrecision(4))}`)}`,
          ),
          passIf.passed ? paint.green('Passed.') : paint.red('Not passed.'),
        ]),
  ].join('\n')
}

const rowOf = (name: string, figures: RecordedFigures): string[] => [
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
  percentText(figures.errorRate),
]

/** Rows in columns that fit; all but the first stand on the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((most, row) => Math.max(most, (row[at] ?? '').length), 0),
  )
  return rows.map((row) =>
    `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')}`.trimEnd(),
  )
}
