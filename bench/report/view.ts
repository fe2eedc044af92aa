import type { BarChart, Bar } from './bar-chart.ts'
import type { LineChart } from './line-chart.ts'
import type { Row } from './markdown.ts'
import { countText } from './number-text.ts'
import type { Run } from './run.ts'

export type Chart = BarChart | LineChart

/** One line of the README's figures. */
export type Headline = {
  readonly what: string
  readonly cloudlet: string
  /** What stands beside it: a peer, the bare limit, a goal. */
  readonly beside: string
}

/** How the figures of one bench are shown. Charts and lines whose figures a run lacks are left out. */
export type View = {
  readonly title: string
  /** About how long the bench takes on two cores. */
  readonly takes: string
  readonly charts?: (run: Run) => readonly Chart[]
  readonly headlines?: (run: Run) => readonly Headline[]
}

/** A list of rows among a run's figures; empty when there is none of that name. */
export function rowsOf(run: Run, figure: string): readonly Row[] {
  const value = run[figure]
  return Array.isArray(value) ? (value as Row[]) : [] // rows, as the benches write them
}

/** A cell as a number: NaN when it has none. */
export const numberIn = (row: Row | undefined, name: string): number =>
  Number.parseFloat(String(row?.[name] ?? '').replaceAll(',', ''))

/** The bar of a row whose `name` cell is a number, with the row's range ("12–15") if it has one. */
export function barOf(row: Row, name: string, value: string): Bar {
  const [low, high] = String(row['range'] ?? '')
    .split('–')
    .map(Number)
  return {
    name,
    value: numberIn(row, value),
    ...(low === undefined || high === undefined || Number.isNaN(low + high)
      ? {}
      : { range: [low, high] as const }),
  }
}

/** Groups of bars from rows: one group for each text of `groupBy`, one bar a row. Rows without the value are left out. */
export function barGroups(
  rows: readonly Row[],
  o: {
    readonly group: (row: Row) => string
    readonly name: (row: Row) => string
    readonly value: string
    readonly goal?: (group: readonly Row[]) => number | undefined
  },
): BarChart['groups'] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    if (Number.isNaN(numberIn(row, o.value))) continue
    const group = o.group(row)
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  return [...groups].map(([name, members]) => {
    const goal = o.goal?.(members)
    return {
      name,
      bars: members.map((row) => barOf(row, o.name(row), o.value)),
      ...(goal === undefined || Number.isNaN(goal) ? {} : { goal }),
    }
  })
}

/** Points of a line from rows: `[x, y]` by the names of two cells. Rows without either are left out. */
export const pointsOf = (
  rows: readonly Row[],
  x: string,
  y: string,
): readonly (readonly [number, number])[] =>
  rows
    .map((row) => [numberIn(row, x), numberIn(row, y)] as const)
    .filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value))

/** A cell as a text. */
export const cell =
  (name: string) =>
  (row: Row): string =>
    String(row[name] ?? '')

/** Whether a row is Cloudlet's among its contenders. */
export const isCloudlet = (row: Row): boolean => /cloudlet/i.test(String(row['contender'] ?? ''))

/** A line of the README for one workload: Cloudlet's row, and every other contender's beside it. */
export function against(
  rows: readonly Row[],
  what: string,
  value: string,
  unit: string,
  more: (row: Row) => string = () => '',
): readonly Headline[] {
  const ours = rows.find(isCloudlet)
  if (ours === undefined) return []
  const others = rows.filter((row) => row !== ours && !String(row['contender']).startsWith('bare'))
  const text = (row: Row): string => `${countText(numberIn(row, value))}${unit}${more(row)}`
  return [
    {
      what,
      cloudlet: text(ours),
      beside: others.map((row) => `${String(row['contender'])} ${text(row)}`).join('; '),
    },
  ]
}
