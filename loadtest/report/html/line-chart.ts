import { escape } from './escape.ts'
import { ticks } from './ticks.ts'

export type Series = {
  readonly name: string
  /** 1 to 4: which of the page's colours. */
  readonly colour: number
  readonly dashed?: boolean
  /** Fills the area below. */
  readonly filled?: boolean
  /** A value for each x; undefined where there is none, which leaves a gap. */
  readonly values: readonly (number | undefined)[]
}

export type LineChart = {
  readonly title: string
  readonly unit: string
  readonly x: readonly number[]
  readonly xText: (x: number) => string
  readonly series: readonly Series[]
  readonly valueText: (value: number) => string
  /** There is nothing between whole numbers, and so no line of the grid. */
  readonly whole?: boolean
}

const WIDTH = 640
const HEIGHT = 240
const PLOT = { left: 56, right: 12, top: 12, bottom: 28 }
const PLOT_WIDTH = WIDTH - PLOT.left - PLOT.right
const PLOT_HEIGHT = HEIGHT - PLOT.top - PLOT.bottom

/** A chart of lines over time as a figure with inline SVG. Pointing at a place shows the values there. */
export function lineChart(chart: LineChart): string {
  const { x, series } = chart
  const values = series.flatMap((each) => each.values).filter((value) => value !== undefined)
  if (values.length === 0) return figure(chart, '<p class="none">no data</p>')
  const rungs = ticks(values.reduce((most, value) => Math.max(most, value), 0)).filter(
    (rung) => chart.whole !== true || Number.isInteger(rung),
  )
  const top = rungs.at(-1) ?? 1
  const first = x[0] ?? 0
  const span = Math.max((x.at(-1) ?? 1) - first, 1e-9)
  const xOf = (value: number): number => PLOT.left + ((value - first) / span) * PLOT_WIDTH
  const yOf = (value: number): number => PLOT.top + PLOT_HEIGHT * (1 - value / top)
  return figure(
    chart,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(chart.title)}">
${rungs.map((rung) => gridLine(yOf(rung), rungText(chart, rung))).join('')}
${timeLabels(x)
  .map(
    (value) =>
      `<text x="${at(xOf(value))}" y="${HEIGHT - 8}" text-anchor="${anchorAt(xOf(value))}">${escape(chart.xText(value))}</text>`,
  )
  .join('')}
${series.map((each) => line(each, x, xOf, yOf)).join('\n')}
${hitAreas(chart, xOf)}
</svg>`,
  )
}

const figure = (chart: LineChart, body: string): string => `<figure>
<figcaption>${escape(chart.title)} <small>${escape(chart.unit)}</small><span class="legend">${chart.series
  .map(
    (each) =>
      `<span class="c${each.colour}${each.dashed === true ? ' dashed' : ''}">${escape(each.name)}</span>`,
  )
  .join('')}</span></figcaption>
${body}
</figure>`

/** Round values on the axis need no digits behind the point. */
const rungText = (chart: LineChart, rung: number): string =>
  chart.valueText(rung).replace(/\.0+(?!\d)/, '')

/** The last label ends where its point is, or it would be cut off. */
const anchorAt = (x: number): string => (x > WIDTH - PLOT.right - 8 ? 'end' : 'middle')

const at = (value: number): string => value.toFixed(1)

const gridLine = (y: number, label: string): string =>
  `<line class="grid" x1="${PLOT.left}" x2="${WIDTH - PLOT.right}" y1="${at(y)}" y2="${at(y)}"/><text x="${PLOT.left - 6}" y="${at(y + 4)}" text-anchor="end">${escape(label)}</text>`

/** A few of the x values, evenly apart. */
function timeLabels(x: readonly number[]): readonly number[] {
  const wanted = Math.min(7, x.length)
  const places = Array.from({ length: wanted }, (_, n) =>
    Math.round((n * (x.length - 1)) / Math.max(1, wanted - 1)),
  )
  return [...new Set(places)].flatMap((place) => x[place] ?? [])
}

function line(
  series: Series,
  x: readonly number[],
  xOf: (value: number) => number,
  yOf: (value: number) => number,
): string {
  const pieces: string[][] = [[]]
  for (const [place, value] of series.values.entries()) {
    if (value === undefined) pieces.push([])
    else pieces.at(-1)?.push(`${at(xOf(x[place] ?? 0))},${at(yOf(value))}`)
  }
  return pieces
    .filter((piece) => piece.length > 0)
    .map((piece) => {
      // A lone point is drawn as a dot: a line of no length with round ends.
      const points = piece.length === 1 ? [...piece, ...piece] : piece
      const start = points[0]?.split(',')[0] ?? '0'
      const end = points.at(-1)?.split(',')[0] ?? '0'
      const floor = at(PLOT.top + PLOT_HEIGHT)
      const area =
        series.filled === true
          ? `<polygon class="area c${series.colour}" points="${start},${floor} ${points.join(' ')} ${end},${floor}"/>`
          : ''
      return `${area}<polyline class="line c${series.colour}${series.dashed === true ? ' dashed' : ''}" points="${points.join(' ')}"/>`
    })
    .join('')
}

/** An invisible strip for each x, which tells its values. */
function hitAreas(chart: LineChart, xOf: (value: number) => number): string {
  const width = PLOT_WIDTH / Math.max(1, chart.x.length - 1)
  return chart.x
    .map((x, place) => {
      const told = chart.series.flatMap((each) => {
        const value = each.values[place]
        return value === undefined ? [] : [`${each.name} ${chart.valueText(value)}`]
      })
      const text = [chart.xText(x), ...told].join('\n')
      return `<rect class="hit" x="${at(xOf(x) - width / 2)}" y="${PLOT.top}" width="${at(width)}" height="${PLOT_HEIGHT}"><title>${escape(text)}</title></rect>`
    })
    .join('')
}
