import { commandLine, misused } from '../../scripts/command-line.ts'
import { fuzzSeed } from './fuzz.ts'

const USAGE = `npm run fuzz -- [hostile] [options]

Random commands to the engine and to a plain model of it, which must agree. With hostile: 100,000 malformed requests
over sockets, none of which may be answered with a 500 or make memory grow.

  --seconds N   for how long, each seed 2,000 commands (60)
  --seed N      this seed alone, as a failure names it
  --from N      seeds from this one on
`

const { values, positionals } = commandLine(USAGE, {
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
  allowPositionals: true,
})
for (const [option, text] of Object.entries(values)) {
  if (!/^\d+$/.test(text)) misused(`--${option} is a whole number, not ${text}.`, USAGE)
}
const commandsPerSeed = 2000

if (positionals.length === 0) await compareSeeds()
else if (positionals.length > 1 || positionals[0] !== 'hostile') {
  misused(`There is hostile, no ${positionals.join(' ')}.`, USAGE)
} else {
  const { hostileRun } = await import('./hostile.ts')
  const report = await hostileRun({
    seed: Number(values.seed ?? Date.now() % 1e6),
    requests: 100_000,
  })
  console.log(report.text)
  process.exitCode = report.problems.length > 0 ? 1 : 0
}

async function compareSeeds(): Promise<void> {
  const startedMs = Date.now()
  const untilMs = startedMs + Number(values.seconds ?? 60) * 1000
  let seed = Number(values.seed ?? values.from ?? startedMs % 1e9)
  let seeds = 0
  do {
    const report = await fuzzSeed(seed, commandsPerSeed)
    seeds++
    if (report !== undefined) {
      console.error(report)
      process.exitCode = 1
      return
    }
    seed++
  } while (values.seed === undefined && Date.now() < untilMs)
  const seconds = (Date.now() - startedMs) / 1000
  const commands = seeds * commandsPerSeed
  console.log(
    `${commands} commands of ${seeds} seeds agree in ${seconds.toFixed(1)} s ` +
      `(${Math.round((commands / seconds) * 60)} a minute).`,
  )
}
