import { merged, type HistogramData } from '../measure/histogram.ts'
import { escape } from '../report/html/escape.ts'
import { histogramChart } from '../report/html/histogram-chart.ts'
import { lineChart, type Series } from '../report/html/line-chart.ts'
import { page, table } from '../report/html/page.ts'
import { describePlan } from '../report/html/run-page.ts'
import { clockText, countText, msText, rateText } from '../report/numbers.ts'
import type { KeptRun } from '../report/run-folder.ts'
import { timelineOf, type Point } from '../report/timeline.ts'
import type { Compared, Comparison } from './compare-runs.ts'
import { cellsOf, compareHead, intervalNote } from './compare-text.ts'

/** Two runs, one over the other, as a page of its own. */
export function comparePage(comparison: Comparison): string {
  const { a, b, all, requests, unlike } = comparison
  return page(
    `${a.record.id} and ${b.record.id} compared`,
    `<h1>Two runs compared</h1>
<p class="sub"><b>A</b> ${escape(a.record.id)}: ${escape(a.record.scenario)}, ${escape(describePlan(a.record))}<br>
<b>B</b> ${escape(b.record.id)}: ${escape(b.record.scenario)}, ${escape(describePlan(b.record))}</p>
${unlike.map((each) => `<p class="warning">The runs differ in ${escape(each)}.</p>`).join('\n')}
<h2>All requests</h2>
${figuresTable(all)}
<p class="sub">Times in ms. ${escape(intervalNote)}</p>
<h2>Over time</h2>
<div class="charts">
${charts(a, b)}
${histogramChart('How long requests took', durationsOf(a), durationsOf(b), ['A', 'B'])}
</div>
${Object.entries(requests)
  .map(([name, rows]) => `<h2>${escape(name)}</h2>\n${figuresTable(rows)}`)
  .join('\n')}`,
  )
}

function figuresTable(rows: readonly Compared[]): string {
  return table(
    compareHead,
    rows.map((row) => {
      const cells = cellsOf(row).map(escape)
      const kind = row.verdict === 'better' ? 'good' : row.verdict === 'worse' ? 'bad' : ''
      return cells.with(cells.length - 1, `<span class="${kind}">${escape(row.verdict)}</span>`)
    }),
  )
}

const durationsOf = ({ record, seconds }: KeptRun): HistogramData =>
  merged(
    seconds
      .filter((each) => each.second * 1000 >= record.warmUpMs)
      .flatMap((each) => Object.values(each.requests).map((request) => request.durations)),
  ).data()

function charts(a: KeptRun, b: KeptRun): string {
  const [ofA, ofB] = [a, b].map(({ seconds, record }) =>
    timelineOf(seconds, record.elapsedMs / 1000),
  )
  if (ofA === undefined || ofB === undefined) return ''
  const longer = ofA.length >= ofB.length ? ofA : ofB
  const overlay = (pick: (point: Point) => number | undefined): Series[] =>
    [ofA, ofB].map((points, which) => ({
      name: which === 0 ? 'A' : 'B',
      colour: which + 1,
      values: longer.map((_, at) => {
        const point = points[at]
        return point === undefined ? undefined : pick(point)
      }),
    }))
  const shared = {
    x: longer.map((point) => point.second),
    xText: (second: number) => clockText(second * 1000),
  }
  const chartsOf: readonly [
    string,
    string,
    (value: number) => string,
    (point: Point) => number | undefined,
  ][] = [
    ['Response time, p50', 'ms', msText, (point) => point.p50Ms],
    ['Response time, p95', 'ms', msText, (point) => point.p95Ms],
    ['Response time, p99', 'ms', msText, (point) => point.p99Ms],
    ['Throughput', 'requests a second', rateText, (point) => point.perSecond],
    ['Errors', 'a second', rateText, (point) => point.errorsPerSecond],
    ['Virtual users', '', countText, (point) => point.users],
  ]
  return chartsOf
    .map(([title, unit, valueText, pick]) =>
      lineChart({
        ...shared,
        title,
        unit,
        valueText,
        series: overlay(pick),
        whole: valueText === countText,
      }),
    )
    .join('\n')
}
