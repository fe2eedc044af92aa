import { parseArgs } from 'node:util'
import { fuzzSeed } from './fuzz.ts'

/*
 *   npm run fuzz                       a minute of new seeds
 *   npm run fuzz -- --seconds 600      longer
 *   npm run fuzz -- --seed 17          one seed again
 *   npm run fuzz -- hostile            malformed requests over sockets
 */
const { values, positionals } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
  allowPositionals: true,
})
const commandsPerSeed = 2000

if (positionals[0] === 'hostile') {
  const { hostileRun } = await import('./hostile.ts')
  const report = await hostileRun({
    seed: Number(values.seed ?? Date.now() % 1e6),
    requests: 100_000,
  })
  console.log(report.text)
  process.exitCode = report.problems.length > 0 ? 1 : 0
} else await compareSeeds()

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
