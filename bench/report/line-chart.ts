import { linearAxis, logAxis, shortText, type Axis } from './axis.ts'
import { at, colourOf, escape, legend, svgFile, text, textWidth } from './svg.ts'

export type Line = {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export type Panel = {
  /** What the panel shows, with its unit. */
  readonly title: string
  readonly log?: true
  readonly lines: readonly Line[]
  /** A value to be reached, or not to be passed. */
  readonly goal?: { readonly value: number; readonly text: string }
}

export type LineChart = {
  readonly kind: 'lines'
  /** The file's name without its ending. */
  readonly file: string
  readonly title: string
  readonly subtitle: string
  /** What grows, with its unit; the same in all panels, on a logarithmic axis. */
  readonly x: string
  readonly panels: readonly Panel[]
}

const gap = 16
const plotHeight = 190
/** Below a plot: the sizes, and what they are. */
const foot = 56
const margin = { left: 52, right: 14 }

/** Panels side by side over one growing size: each has an axis of its own, since their units differ. */
export function lineChart(chart: LineChart): string {
  const columns = chart.panels.length === 4 ? 2 : Math.min(3, chart.panels.length)
  const panelWidth = { 1: 560, 2: 420 }[columns] ?? 330
  const width = columns * (panelWidth + gap) + gap
  const sizes = chart.panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points))
  const xAxis = sizeAxis(sizes.map(([x]) => x))
  const key = (panel: Panel): Key =>
    legend({ left: 0, top: 0, width: panelWidth }, drawnNames(panel))
  // Plots side by side begin at one height: below the longest of their legends.
  const head = 30 + Math.max(...chart.panels.map((panel) => key(panel).height))
  const panelHeight = head + plotHeight + foot
  const body = chart.panels.map((panel, n) =>
    drawPanel(panel, xAxis, chart.x, {
      left: gap + (n % columns) * (panelWidth + gap),
      top: 58 + Math.floor(n / columns) * panelHeight,
      width: panelWidth,
      head,
    }),
  )
  const rows = Math.ceil(chart.panels.length / columns)
  return svgFile({ ...chart, width, height: 58 + rows * panelHeight }, body)
}

type Key = ReturnType<typeof legend>

/** Lines that a run has no points of are not drawn. */
const drawnLines = ({ lines }: Panel): readonly Line[] =>
  lines.filter(({ points }) => points.length > 0)

const drawnNames = (panel: Panel): readonly string[] => drawnLines(panel).map(({ name }) => name)

/** The sizes that were measured are what is written below, not powers of ten that were not. */
function sizeAxis(sizes: readonly number[]): Axis {
  const ticks = [...new Set(sizes)].toSorted((a, b) => a - b)
  const low = Math.log10(ticks[0] ?? 1)
  const span = Math.max(Math.log10(ticks.at(-1) ?? 10) - low, 1e-9)
  return { ticks, placeOf: (value) => 0.03 + (0.94 * (Math.log10(value) - low)) / span }
}

function drawPanel(
  panel: Panel,
  xAxis: Axis,
  xName: string,
  place: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly head: number
  },
): string {
  const { left } = place
  const top = place.top + place.head
  const { title, log, goal } = panel
  const lines = drawnLines(panel)
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y))
  const withGoal = goal === undefined ? values : [...values, goal.value]
  const yAxis = log === true ? logAxis(withGoal) : linearAxis(withGoal)
  const from = left + margin.left
  const plotWidth = place.width - margin.left - margin.right
  const xOf = (x: number): number => from + xAxis.placeOf(x) * plotWidth
  const yOf = (y: number): number => top + plotHeight * (1 - yAxis.placeOf(y))
  const names = lines.map(({ name }) => name)
  const parts = [
    text(left, place.top + 14, title, { kind: 'name' }),
    names.length > 1 ? legend({ left, top: place.top + 34, width: place.width }, names).svg : '',
    ...yAxis.ticks.map(
      (tick, n) =>
        `<line class="${n === 0 ? 'base' : 'rule'}" x1="${at(from)}" x2="${at(from + plotWidth)}" y1="${at(yOf(tick))}" y2="${at(yOf(tick))}"/>${text(from - 7, yOf(tick) + 4, shortText(tick), { anchor: 'end', kind: 'small' })}`,
    ),
    ...xAxis.ticks.map((tick) =>
      text(xOf(tick), top + plotHeight + 18, shortText(tick), { anchor: 'middle', kind: 'small' }),
    ),
    text(from + plotWidth / 2, top + plotHeight + 38, xName, { anchor: 'middle' }),
    ...lines.map((line) => drawLine(line, names, xOf, yOf)),
  ]
  if (goal !== undefined) {
    const y = yOf(goal.value)
    const room = from + plotWidth - textWidth(goal.text)
    parts.push(
      `<line class="goal" x1="${at(from)}" x2="${at(from + plotWidth)}" y1="${at(y)}" y2="${at(y)}"/>`,
      text(room, y - 5, goal.text, { kind: 'goal-text' }),
    )
  }
  return parts.join('\n')
}

function drawLine(
  line: Line,
  names: readonly string[],
  xOf: (x: number) => number,
  yOf: (y: number) => number,
): string {
  const colour = colourOf(line.name, names)
  const points = line.points.map(([x, y]) => `${at(xOf(x))},${at(yOf(y))}`)
  const dots = line.points.map(
    ([x, y]) =>
      `<circle class="fill ${colour}" cx="${at(xOf(x))}" cy="${at(yOf(y))}" r="3.5"><title>${escape(`${line.name}, ${shortText(x)}: ${shortText(y)}`)}</title></circle>`,
  )
  return `<polyline class="line ${colour}" points="${points.join(' ')}"/>${dots.join('')}`
}
