import { markdownTable, type Row } from './report/markdown.ts'
import { writeRun } from './report/run.ts'
import { writeReports } from './report/write-reports.ts'

export type { Row } from './report/markdown.ts'

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** The least and the most of the values: "120–134". */
export const range = (values: readonly number[], digits = 0): string =>
  `${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}`

/** Prints rows as a Markdown table. */
export const printTable = (rows: readonly Row[]): void => console.log(markdownTable(rows))

/**
 * Keeps a run's figures in `bench/results` with the machine, the commit and the time, and draws the charts, the page
 * and the README's figures anew. With BENCH_KEEP=no, for a run that only tries something, it does nothing.
 */
export function keep(name: string, figures: object): void {
  if (process.env['BENCH_KEEP'] === 'no') return
  writeRun(name, figures)
  writeReports()
}

/** "0.31 (goal ≥ 0.25: reached)". */
export const against = (value: number, goal: number, direction: 'at least' | 'at most'): string => {
  const reached = direction === 'at least' ? value >= goal : value <= goal
  const sign = direction === 'at least' ? '≥' : '≤'
  return `${Number(value.toFixed(3))} (goal ${sign} ${goal}: ${reached ? 'reached' : 'NOT reached'})`
}
