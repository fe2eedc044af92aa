import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { paint, say } from '../terminal.ts'

export const describeLoadCompare = (): Command =>
  new Command('compare')
    .description('Compare two runs: percentiles, throughput and errors, with confidence intervals.')
    .argument('<a>', 'a run: its folder, its id, or the start of its id')
    .argument('<b>', 'the run to compare with it')
    .option('-o, --out <file>', 'where the page goes (default: below .cloudlet/load)')
    .action(compare)

async function compare(a: string, b: string, options: { out?: string }): Promise<void> {
  const { comparePage, compareRuns, compareText, readRun, runsFolder } =
    await import('@cloudlet/loadtest')
  const comparison = compareRuns(readRun(a), readRun(b))
  const name = `compare-${comparison.a.record.id}-${comparison.b.record.id}.html`
  const file = options.out ?? join(runsFolder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, comparePage(comparison))
  say(compareText(comparison, paint))
  say(`\nPage: ${paint.cyan(file)}`)
}
