import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { barChart } from './bar-chart.ts'
import { lineChart } from './line-chart.ts'
import { withFigures } from './readme-figures.ts'
import { resultsPage } from './results-page.ts'
import { readRuns, resultsFolder, type Run } from './run.ts'
import type { Chart } from './view.ts'
import { inOrder } from './views.ts'

export const readmeFile = join(import.meta.dirname, '..', '..', 'README.md')

/** A chart as the text of an SVG file. */
export const draw = (chart: Chart): string =>
  chart.kind === 'bars' ? barChart(chart) : lineChart(chart)

/** Everything that is made from the kept runs, by file: the page, the charts and the README. */
export function reports(runs: readonly Run[], readme: string): ReadonlyMap<string, string> {
  const charts = inOrder(runs).flatMap(([run, view]) => view.charts?.(run) ?? [])
  return new Map([
    [join(resultsFolder, 'README.md'), resultsPage(runs)],
    ...charts.map((chart) => [join(resultsFolder, `${chart.file}.svg`), draw(chart)] as const),
    [readmeFile, withFigures(readme, runs)],
  ])
}

/** Writes the page, the charts and the README's figures anew from what `bench/results` holds. */
export function writeReports(): void {
  const written = reports(readRuns(), readFileSync(readmeFile, 'utf8'))
  for (const file of readdirSync(resultsFolder)) {
    const path = join(resultsFolder, file)
    if (file.endsWith('.svg') && !written.has(path)) rmSync(path)
  }
  for (const [path, text] of written) writeFileSync(path, text)
}
