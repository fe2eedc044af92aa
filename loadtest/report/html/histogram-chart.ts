import { bucketsOf, type HistogramData } from '../../measure/histogram.ts'
import { countText, msText, percentText } from '../numbers.ts'
import { escape } from './escape.ts'

const WIDTH = 640
const HEIGHT = 240
const PLOT = { left: 56, right: 12, top: 12, bottom: 28 }
const BARS = 60

/** How often each response time occurred; time on a logarithmic scale. `others` are drawn as an outline on top. */
export function histogramChart(
  title: string,
  data: HistogramData,
  other?: HistogramData,
  names: readonly [string, string?] = ['requests'],
): string {
  const all = [data, ...(other === undefined ? [] : [other])].map(bucketsOf)
  const times = all.flat().map((each) => Math.max(each.ms, 0.01))
  if (times.length === 0)
    return `<figure><figcaption>${escape(title)}</figcaption><p class="none">no data</p></figure>`
  const low = Math.log10(times.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY))
  const high = Math.log10(times.reduce((most, ms) => Math.max(most, ms), 0)) + 0.01
  const width = (WIDTH - PLOT.left - PLOT.right) / BARS
  const bars = all.map((buckets) => {
    const counts = Array.from({ length: BARS }, () => 0)
    for (const { ms, count } of buckets) {
      const place = Math.floor(((Math.log10(Math.max(ms, 0.01)) - low) / (high - low)) * BARS)
      counts[Math.min(BARS - 1, place)] = (counts[Math.min(BARS - 1, place)] ?? 0) + count
    }
    const sum = counts.reduce((whole, count) => whole + count, 0)
    return counts.map((count) => ({ count, share: count / sum }))
  })
  const most = bars.flat().reduce((top, bar) => Math.max(top, bar.share), 0)
  const height = (share: number): number => ((HEIGHT - PLOT.top - PLOT.bottom) * share) / most
  const floor = HEIGHT - PLOT.bottom
  const msAt = (place: number): number => 10 ** (low + ((high - low) * place) / BARS)
  const drawn = bars.map((each, which) =>
    each
      .map(({ count, share }, place) =>
        count === 0
          ? ''
          : `<rect class="${which === 0 ? 'bar c1' : 'bar c2 over'}" x="${(PLOT.left + place * width).toFixed(1)}" y="${(floor - height(share)).toFixed(1)}" width="${(width - 1).toFixed(1)}" height="${height(share).toFixed(1)}"><title>${escape(`${msText(msAt(place))} to ${msText(msAt(place + 1))} ms: ${countText(count)} (${percentText(share)})`)}</title></rect>`,
      )
      .join(''),
  )
  const labels = [0, 10, 20, 30, 40, 50, 60].map(
    (place) =>
      `<text x="${(PLOT.left + place * width).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="${place === BARS ? 'end' : 'middle'}">${escape(msText(msAt(place)))}</text>`,
  )
  return `<figure>
<figcaption>${escape(title)} <small>ms, logarithmic; share of requests</small><span class="legend">${names
    .filter((name) => name !== undefined)
    .map((name, which) => `<span class="c${which + 1}">${escape(name)}</span>`)
    .join('')}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">
<line class="grid" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${floor}" y2="${floor}"/>
<text x="${PLOT.left - 6}" y="${PLOT.top + 8}" text-anchor="end">${escape(percentText(most))}</text>
${drawn.join('\n')}
${labels.join('')}
</svg>
</figure>`
}
