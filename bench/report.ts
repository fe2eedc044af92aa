import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

/** The middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

export type Row = Readonly<Record<string, string | number>>

/** Prints rows as a Markdown table. */
export function printTable(rows: readonly Row[]): void {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? '')))
  const widths = names.map((name, at) =>
    Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)),
  )
  const line = (values: readonly string[]): string =>
    `| ${values.map((value, at) => value.padEnd(widths[at] ?? 0)).join(' | ')} |`
  console.log(line(names))
  console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  for (const row of cells) console.log(line(row))
}

/** Keeps a run's figures with the machine and the time. */
export function keep(name: string, figures: object): void {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const run = {
    name,
    at: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    ...figures,
  }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(run, null, 2)}\n`)
}

/** "0.31 (goal ≥ 0.25: reached)". */
export const against = (value: number, goal: number, direction: 'at least' | 'at most'): string => {
  const reached = direction === 'at least' ? value >= goal : value <= goal
  const sign = direction === 'at least' ? '≥' : '≤'
  return `${Number(value.toFixed(3))} (goal ${sign} ${goal}: ${reached ? 'reached' : 'NOT reached'})`
}
