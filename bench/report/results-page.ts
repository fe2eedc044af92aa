import { markdownTable, type Row } from './markdown.ts'
import { machineText, timeText, type Run } from './run.ts'
import { inOrder } from './views.ts'
import type { View } from './view.ts'

const aboutTheRun = new Set([
  'name',
  'at',
  'node',
  'cpu',
  'cores',
  'memoryGb',
  'system',
  'commit',
  'idleBefore',
])

/** `bench/results/README.md`: every kept run with its charts and tables. */
export function resultsPage(runs: readonly Run[]): string {
  const sections = inOrder(runs).map(([run, view]) => section(run, view))
  return `# What the benches found

Written by \`npm run bench\` from the JSON files beside it; not to be edited by hand. The load client runs on the same
cores as what it measures, contenders take turns within one run, and figures are medians unless a column says otherwise.
Runs of different days are not to be compared with each other: the machine is shared. [How to run them](../README.md)

${inOrder(runs)
  .map(([run, view]) => `- [${view.title}](#${anchor(view.title)}) (\`${run.name}\`)`)
  .join('\n')}

${sections.join('\n\n')}
`
}

/** The anchor that GitHub gives a heading. */
const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

function section(run: Run, view: View): string {
  const charts = (view.charts?.(run) ?? []).map(
    (chart) => `![${chart.title}: ${chart.subtitle}](${chart.file}.svg)`,
  )
  const figures = Object.entries(run).filter(([name]) => !aboutTheRun.has(name))
  const plain = figures.filter(([, value]) => typeof value !== 'object')
  const settings = plain.map(([name, value]) => `${words(name)} ${plainText(value)}`).join(', ')
  const commit = run.commit === undefined ? '' : `, commit ${run.commit}`
  const idle =
    run.idleBefore === undefined ? '' : `, ${Math.round(run.idleBefore * 100)} % idle before`
  return [
    `## ${view.title}`,
    `\`npm run bench -- ${run.name}\`, ${timeText(run)}, on ${machineText(run)}${commit}${idle}.${settings === '' ? '' : ` ${capital(settings)}.`}`,
    ...charts,
    ...figures.flatMap(([name, value]) => table(name, value)),
  ].join('\n\n')
}

/** A list of rows becomes a table, an object one row of two columns for each of its figures. */
function table(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const caption = name === 'rows' ? [] : [`**${capital(words(name))}**`]
  if (Array.isArray(value)) return [...caption, markdownTable(value as Row[])] // rows, as the benches write them
  const rows = Object.entries(value).map(([what, figure]) => ({
    [words(name)]: what,
    figure: plainText(figure),
  }))
  return [markdownTable(rows)]
}

/** Figures with more digits than they deserve are rounded. */
const plainText = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value)

const words = (name: string): string =>
  /^[a-z]+[A-Z]/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
