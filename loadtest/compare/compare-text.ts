import { msText, percentText, rateText } from '../report/numbers.ts'
import { aligned } from '../report/terminal/end-table.ts'
import type { Paint } from '../report/terminal/live-view.ts'
import type { ComparedFigure, Interval } from './bootstrap.ts'
import type { Compared, Comparison } from './compare-runs.ts'

/** Says how the intervals are made, wherever they are shown. */
export const intervalNote =
  '95 % intervals by the bootstrap over whole seconds (400 draws): they tell what varies within the runs, not between days or machines.'

export const valueText = (figure: ComparedFigure, value: number): string => {
  if (Number.isNaN(value)) return '–'
  if (figure === 'errors') return percentText(value)
  return figure === 'requests/s' ? rateText(value) : msText(value)
}

export const changeText = (figure: ComparedFigure, change: number): string => {
  if (Number.isNaN(change)) return '–'
  const percent = change * 100
  const text = `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent).toFixed(1)}`
  return figure === 'errors' ? `${text} points` : `${text} %`
}

export const rangeText = (
  interval: Interval | undefined,
  text: (value: number) => string,
): string => (interval === undefined ? '–' : `${text(interval[0])} … ${text(interval[1])}`)

export const cellsOf = (each: Compared): string[] => [
  each.figure,
  valueText(each.figure, each.a),
  rangeText(each.aInterval, (value) => valueText(each.figure, value)),
  valueText(each.figure, each.b),
  rangeText(each.bInterval, (value) => valueText(each.figure, value)),
  changeText(each.figure, each.change),
  rangeText(each.changeInterval, (value) => changeText(each.figure, value)),
  each.verdict,
]

export const compareHead = ['figure', 'A', '95 %', 'B', '95 %', 'change', '95 %', 'B is']

/** A comparison for the terminal. */
export function compareText({ a, b, all, requests, unlike }: Comparison, paint: Paint): string {
  const coloured = (rows: readonly Compared[]): string[] =>
    aligned([compareHead, ...rows.map(cellsOf)]).map((line, at) => {
      const verdict = rows[at - 1]?.verdict
      if (at === 0) return paint.dim(line)
      if (verdict === 'worse') return paint.red(line)
      return verdict === 'better' ? paint.green(line) : line
    })
  return [
    `A  ${paint.bold(a.record.id)}`,
    `B  ${paint.bold(b.record.id)}`,
    ...unlike.map((each) => paint.yellow(`   The runs differ in ${each}.`)),
    '',
    paint.bold('All requests (ms, except requests/s and errors)'),
    ...coloured(all),
    ...Object.entries(requests).flatMap(([name, rows]) => [
      '',
      paint.bold(name),
      ...coloured(rows.filter(({ figure }) => ['p50', 'p95', 'requests/s'].includes(figure))),
    ]),
    '',
    paint.dim(intervalNote),
  ].join('\n')
}
