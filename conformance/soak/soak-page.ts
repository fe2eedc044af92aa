import { lineChart, page, tile, type RunRecord } from '@cloudlet/loadtest'
import type { MemorySample } from './process-memory.ts'
import { medianOf, type Trend } from './trend.ts'

const mbText = (mb: number): string => `${mb.toFixed(0).replace('-', '−')} MB`

const trendText: Readonly<Record<Trend['kind'], string>> = {
  flat: 'flat',
  grows: 'grows',
  unclear: 'unclear',
}

const POINTS_MAX = 300

/** The soak as a page: the verdict, and memory over time. The load itself has its own report beside it. */
export function soakPage(
  record: RunRecord,
  samples: readonly MemorySample[],
  trend: Trend,
  passed: boolean,
): string {
  const width = Math.ceil(samples.length / POINTS_MAX)
  const points = Array.from({ length: Math.ceil(samples.length / width) }, (_, at) =>
    samples.slice(at * width, (at + 1) * width),
  )
  const middles = (of: (sample: MemorySample) => number): number[] =>
    points.map((each) => medianOf(each.map(of)))
  const minutes = (ms: number): string =>
    `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`
  return page(
    `Soak ${record.id}`,
    `<h1>Soak</h1>
<p class="sub">${record.scenario} at ${record.plan.rate?.toFixed(1)} iterations a second for ${minutes(record.elapsedMs)} min. <a href="report.html">The load's own report</a></p>
<dl class="tiles">
${tile('Verdict', passed ? 'passed' : 'not passed', passed ? 'good' : 'bad')}
${tile('Memory', trendText[trend.kind], trend.kind === 'flat' ? 'good' : 'bad')}
${tile('Growth, second half', mbText(trend.growthMb))}
${tile('Its 95 % interval', trend.growthInterval.map(mbText).join(' … '))}
${tile('Errors', String(record.all.failed), record.all.failed > 0 ? 'bad' : '')}
${tile('Requests', String(record.all.count))}
</dl>
<h2>The cloud's memory</h2>
<div class="charts">
${lineChart({
  title: 'Memory',
  unit: 'MB',
  x: points.map((each) => each[0]?.atMs ?? 0),
  xText: minutes,
  valueText: mbText,
  series: [
    { name: 'its own', colour: 1, values: middles((each) => each.ownMb) },
    {
      name: 'with mapped files',
      colour: 2,
      dashed: true,
      values: middles((each) => each.residentMb),
    },
  ],
})}
</div>`,
  )
}
