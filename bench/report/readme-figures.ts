import { markdownTable } from './markdown.ts'
import { machineText, type Run } from './run.ts'
import { inOrder } from './views.ts'

const start = '<!-- figures: written by `npm run bench -- report` from bench/results -->'
/** The charts that the README shows itself. */
const charts = ['dynamodb', 'functions']
const end = '<!-- end of figures -->'

/** The README with its figures as the runs have them. @throws Error when the README has no place for them */
export function withFigures(readme: string, runs: readonly Run[]): string {
  const from = readme.indexOf(start)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`The README has no "${start}" … "${end}".`)
  return `${readme.slice(0, from)}${start}\n\n${figures(runs)}\n\n${readme.slice(to)}`
}

function figures(runs: readonly Run[]): string {
  const rows = inOrder(runs).flatMap(([run, view]) =>
    (view.headlines?.(run) ?? []).map(({ what, cloudlet, beside }) => ({
      what,
      Cloudlet: cloudlet,
      'beside it': beside,
      'measured (bench)': `${run.at.slice(0, 10)} (\`${run.name}\`)`,
    })),
  )
  const shown = inOrder(runs)
    .flatMap(([run, view]) => view.charts?.(run) ?? [])
    .filter(({ file }) => charts.includes(file))
    .map(({ title, file }) => `![${title}](bench/results/${file}.svg)`)
  return [
    `Machine: ${machines(runs)}. The load client runs on the same cores.`,
    markdownTable(rows),
    ...shown,
  ].join('\n\n')
}

/** Machines by what tells them apart; of each the text that says most. */
function machines(runs: readonly Run[]): string {
  const texts = new Map<string, string>()
  for (const run of runs) {
    const machine = `${run.cpu} ${run.cores} ${run.node}`
    const text = machineText(run)
    if (text.length > (texts.get(machine) ?? '').length) texts.set(machine, text)
  }
  return [...texts.values()].join('; ')
}
