import { lineChart } from '../report/html/line-chart.ts'
import { escape } from '../report/html/escape.ts'
import { page, table, tile } from '../report/html/page.ts'
import { countText, msText } from '../report/numbers.ts'
import { aligned } from '../report/terminal/end-table.ts'
import type { Paint } from '../report/terminal/live-view.ts'
import { bestOf, type SizeFigures } from './compare-sizes.ts'

const head = [
  'memory',
  'invocations',
  'average',
  'p50',
  'p95',
  'p99 ms',
  'cold starts',
  'init ms',
  'used MB',
  'billed GB-s',
  'USD a million',
  'failed',
]

const usdText = (usd: number): string => usd.toFixed(2)

const cellsOf = (each: SizeFigures): string[] => [
  `${each.memoryMb} MB`,
  countText(each.invocations),
  ...[each.averageMs, each.p50Ms, each.p95Ms, each.p99Ms].map(msText),
  countText(each.coldStarts),
  msText(each.initMs),
  countText(each.usedMbMax),
  each.billedGbSeconds.toFixed(3),
  usdText(each.usdPerMillion),
  countText(each.failed),
]

/** The comparison for the terminal, with the cheapest and the fastest named. */
export function memoryText(all: readonly SizeFigures[], paint: Paint): string {
  const best = bestOf(all)
  const lines = aligned([head, ...all.map(cellsOf)]).map((line, at) => {
    const size = all[at - 1]?.memoryMb
    if (at === 0) return paint.dim(line)
    return size !== undefined && (size === best?.cheapest || size === best?.fastest)
      ? paint.green(line)
      : line
  })
  const verdict =
    best === undefined
      ? 'No size was without failures.'
      : best.cheapest === best.fastest
        ? `${paint.bold(`${best.cheapest} MB`)} is both the cheapest and the fastest.`
        : `Cheapest: ${paint.bold(`${best.cheapest} MB`)}. Fastest: ${paint.bold(`${best.fastest} MB`)}.`
  return [...lines, '', verdict].join('\n')
}

/** The comparison as a page of its own. */
export function memoryPage(functionName: string, all: readonly SizeFigures[]): string {
  const best = bestOf(all)
  const shared = { x: all.map((each) => each.memoryMb), xText: (mb: number) => `${mb} MB` }
  const values = (of: (figures: SizeFigures) => number) => all.map(of)
  return page(
    `${functionName} by memory size`,
    `<h1>${escape(functionName)}</h1>
<p class="sub">The same load at each memory size. Durations are of warm invocations, as Lambda's REPORT lines tell them; cold starts apart.</p>
<dl class="tiles">
${tile('Cheapest', best === undefined ? '–' : `${best.cheapest} MB`, 'good')}
${tile('Fastest', best === undefined ? '–' : `${best.fastest} MB`, 'good')}
</dl>
<h2>By memory size</h2>
<div class="charts">
${lineChart({
  ...shared,
  title: 'Duration',
  unit: 'ms',
  valueText: msText,
  series: [
    { name: 'p50', colour: 1, values: values((each) => each.p50Ms) },
    { name: 'p95', colour: 2, values: values((each) => each.p95Ms) },
    { name: 'p99', colour: 3, dashed: true, values: values((each) => each.p99Ms) },
  ],
})}
${lineChart({
  ...shared,
  title: 'Cost',
  unit: 'USD for a million invocations',
  valueText: usdText,
  series: [{ name: 'cost', colour: 4, filled: true, values: values((each) => each.usdPerMillion) }],
})}
${lineChart({
  ...shared,
  title: 'Billed',
  unit: 'GB-seconds of the whole run',
  valueText: (value) => value.toFixed(2),
  series: [
    { name: 'billed', colour: 4, filled: true, values: values((each) => each.billedGbSeconds) },
  ],
})}
${lineChart({
  ...shared,
  title: 'Cold starts',
  unit: 'ms of initialisation, the middle one',
  valueText: msText,
  series: [{ name: 'init', colour: 1, values: values((each) => each.initMs) }],
})}
</div>
<h2>Figures</h2>
${table(
  head,
  all.map((each) => cellsOf(each).map(escape)),
)}`,
  )
}
