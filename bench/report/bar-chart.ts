import { linearAxis, shortText } from './axis.ts'
import { at, colourOf, escape, legend, svgFile, text, textWidth } from './svg.ts'

export type Bar = {
  readonly name: string
  readonly value: number
  /** The least and the most of the rounds whose median `value` is. */
  readonly range?: readonly [number, number]
}

export type BarChart = {
  readonly kind: 'bars'
  /** The file's name without its ending. */
  readonly file: string
  readonly title: string
  readonly subtitle: string
  /** What the axis shows, with its unit. */
  readonly axis: string
  readonly groups: readonly {
    readonly name: string
    readonly bars: readonly Bar[]
    /** A value to be reached, or not to be passed. */
    readonly goal?: number
  }[]
}

const width = 820
const plotRight = 70
const barHeight = 15
const barGap = 3
const groupGap = 16

/** Bars that lie, in groups; each with its value beside it and a whisker for the range of its rounds. */
export function barChart(chart: BarChart): string {
  const names = [...new Set(chart.groups.flatMap(({ bars }) => bars.map(({ name }) => name)))]
  const values = chart.groups.flatMap(({ bars, goal }) => [
    ...bars.flatMap(({ value, range }) => [value, range?.[1] ?? 0]),
    goal ?? 0,
  ])
  const axis = linearAxis(values)
  const longest = Math.max(...chart.groups.map(({ name }) => textWidth(name)))
  const plotLeft = Math.max(130, longest + 44)
  const plotWidth = width - plotLeft - plotRight
  const xOf = (value: number): number => plotLeft + axis.placeOf(value) * plotWidth
  const key = legend({ left: 16, top: 66, width: width - 32 }, names)
  const body: string[] = [names.length > 1 ? key.svg : '']
  const top = names.length > 1 ? 66 + key.height : 68
  const bars: string[] = []
  let y = top
  for (const group of chart.groups) {
    const height = group.bars.length * (barHeight + barGap) - barGap
    bars.push(text(plotLeft - 10, y + height / 2 + 4, group.name, { anchor: 'end', kind: 'name' }))
    if (group.goal !== undefined) {
      const x = at(xOf(group.goal))
      bars.push(
        `<line class="goal" x1="${x}" x2="${x}" y1="${at(y - 5)}" y2="${at(y + height + 5)}"/>`,
        text(xOf(group.goal) + 4, y - 4, `goal ${shortText(group.goal)}`, { kind: 'goal-text' }),
      )
    }
    for (const [n, bar] of group.bars.entries()) {
      bars.push(barWith(bar, y + n * (barHeight + barGap), xOf, names, group.goal))
    }
    y += height + groupGap
  }
  const bottom = y - groupGap + 8
  for (const tick of axis.ticks) {
    const x = at(xOf(tick))
    body.push(
      `<line class="${tick === 0 ? 'base' : 'rule'}" x1="${x}" x2="${x}" y1="${top - 8}" y2="${at(bottom)}"/>`,
      text(xOf(tick), bottom + 16, shortText(tick), { anchor: 'middle', kind: 'small' }),
    )
  }
  body.push(...bars)
  body.push(text(plotLeft + plotWidth / 2, bottom + 36, chart.axis, { anchor: 'middle' }))
  return svgFile({ ...chart, width, height: bottom + 50 }, body)
}

function barWith(
  bar: Bar,
  y: number,
  xOf: (value: number) => number,
  names: readonly string[],
  goal: number | undefined,
): string {
  const from = xOf(0)
  const end = Math.max(xOf(bar.value), xOf(bar.range?.[1] ?? 0))
  const goalAt = goal === undefined ? Number.NaN : xOf(goal)
  // The value stands after the bar and its whisker, and after a goal's line that would cross it.
  const valueAt = goalAt > end && goalAt < end + 46 ? goalAt + 6 : end + 6
  const width = at(Math.max(1, xOf(bar.value) - from))
  return [
    `<rect class="fill ${colourOf(bar.name, names)}" x="${at(from)}" y="${at(y)}" width="${width}" height="${barHeight}" rx="2"><title>${escape(toldOf(bar))}</title></rect>`,
    bar.range === undefined ? '' : whisker(xOf(bar.range[0]), xOf(bar.range[1]), y),
    text(valueAt, y + 12, shortText(bar.value), { kind: 'value small' }),
  ].join('')
}

/** What pointing at a bar tells. */
function toldOf({ name, value, range }: Bar): string {
  const rounds = range === undefined ? '' : ` (${range.map(shortText).join('–')})`
  return `${name}: ${shortText(value)}${rounds}`
}

/** A line from the least to the most, with an edge around it that keeps it visible on the bar. */
function whisker(from: number, to: number, y: number): string {
  const path = `M${at(from)} ${at(y + barHeight / 2)}H${at(to)}M${at(from)} ${at(y + 4)}v7M${at(to)} ${at(y + 4)}v7`
  return `<path class="halo" d="${path}"/><path class="whisker" d="${path}"/>`
}
