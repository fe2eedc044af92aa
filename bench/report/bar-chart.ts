import { linearAxis, shortText } from './axis.ts'
import { at, colourOf, escape, legend, svgFile, text } from './svg.ts'

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
const plot = { left: 230, right: 70 }
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
  const plotWidth = width - plot.left - plot.right
  const xOf = (value: number): number => plot.left + axis.placeOf(value) * plotWidth
  const body: string[] = [names.length > 1 ? legend(16, 66, names) : '']
  const top = names.length > 1 ? 84 : 68
  const bars: string[] = []
  let y = top
  for (const group of chart.groups) {
    const height = group.bars.length * (barHeight + barGap) - barGap
    bars.push(text(plot.left - 10, y + height / 2 + 4, group.name, { anchor: 'end', kind: 'name' }))
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
  body.push(text(plot.left + plotWidth / 2, bottom + 36, chart.axis, { anchor: 'middle' }))
  return svgFile({ ...chart, width, height: bottom + 50 }, body)
}

function barWith(
  bar: Bar,
  y: number,
  xOf: (value: number) => number,
  names: readonly string[],
  goal: number | undefined,
): string {
  const x = xOf(0)
  const middle = at(y + barHeight / 2)
  const [low, high] = bar.range ?? [bar.value, bar.value]
  const told = `${bar.name}: ${shortText(bar.value)}${bar.range === undefined ? '' : ` (${shortText(low)}–${shortText(high)})`}`
  const whisker =
    bar.range === undefined
      ? ''
      : `<path class="whisker" d="M${at(xOf(low))} ${middle}H${at(xOf(high))}M${at(xOf(low))} ${at(y + 4)}v7M${at(xOf(high))} ${at(y + 4)}v7"/>`
  // The value stands after the bar and its whisker, and after a goal's line that would cross it.
  const end = Math.max(xOf(bar.value), xOf(high)) + 6
  const goalAt = goal === undefined ? Number.NaN : xOf(goal)
  const valueAt = goalAt > end - 6 && goalAt < end + 40 ? goalAt + 6 : end
  return `<rect class="fill ${colourOf(bar.name, names)}" x="${at(x)}" y="${at(y)}" width="${at(Math.max(1, xOf(bar.value) - x))}" height="${barHeight}" rx="2"><title>${escape(told)}</title></rect>${whisker}${text(valueAt, y + 12, shortText(bar.value), { kind: 'value small' })}`
}
