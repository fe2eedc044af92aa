import { commandLine, misused } from '../../scripts/command-line.ts'
import { loadChaos } from '../faults/chaos.ts'
import { killUnderOrders } from './kill-cargo.ts'
import { killUnderSignUps } from './kill-cognito.ts'
import { killUnderWrites } from './kill-dynamodb.ts'

/** Whether all held; what did not, is printed. */
type Trial = (kills: number) => Promise<boolean>

/** Twenty kills under 200 orders a second, then the count. */
const cargo: Trial = async (kills) => {
  const { acknowledged, stored, lost, differences } = await killUnderOrders({
    kills,
    ordersPerSecond: 200,
    livesMs: [3_000, 4_500, 2_500, 5_000, 3_500],
    progress: (line) => console.log(line),
  })
  console.log(
    `${kills} kills: ${acknowledged} orders acknowledged, ${stored} stored, ${lost.length} lost, ${differences.length} differences`,
  )
  return held([...lost, ...differences])
}

/** Twenty kills while 100,000 people sign up and attributes and groups change at full speed. */
const cognito: Trial = async (kills) => {
  const { acknowledged, stored, lost, differences } = await killUnderSignUps({
    kills,
    users: Number(process.env['CHAOS_USERS'] ?? 100_000),
    progress: (line) => console.log(line),
  })
  console.log(
    `${kills} kills: ${acknowledged} sign-ups acknowledged, ${stored} users stored, ${lost.length} lost, ${differences.length} differences`,
  )
  return held([...lost, ...differences])
}

/** Two hundred kills during writes with an index, a stream and transactions. */
const dynamodb: Trial = async (kills) => {
  const { acknowledged, problems } = await killUnderWrites({
    kills,
    livesWrites: [700, 90, 1_500, 33, 400],
    progress: (line) => console.log(line),
  })
  console.log(`${kills} kills: ${acknowledged} writes acknowledged, ${problems.length} problems`)
  return held(problems)
}

/** Twenty stops and kills under orders, with functions that die and a slow disk. */
const load: Trial = async (kills) => held(await loadChaos(kills, (line) => console.log(line)))

function held(lines: readonly string[]): boolean {
  for (const line of lines.slice(0, 20)) console.log(`  ${line}`)
  return lines.length === 0
}

/** The one list of trials. */
const trials: Readonly<Record<string, Trial>> = {
  cargo,
  cognito,
  dynamodb,
  load,
}

const USAGE = `npm run chaos -- [trial …] [kills]

Kills the cloud (kill -9) under work, starts it again and counts: what was acknowledged must be there, once.

  ${Object.keys(trials).join(', ')}   one trial or several (all)
  kills                            how often each is killed (20)
`

const { positionals: words } = commandLine(USAGE, { allowPositionals: true })
const kills = Number(words.find((word) => /^\d+$/.test(word)) ?? 20)
const wanted = words.filter((word) => !/^\d+$/.test(word))
const unknown = wanted.filter((name) => trials[name] === undefined)
if (unknown.length > 0) misused(`No trial ${unknown.join(', ')}.`, USAGE)
let allHeld = true
for (const [name, trial] of Object.entries(trials)) {
  if (wanted.length === 0 || wanted.includes(name)) allHeld = (await trial(kills)) && allHeld
}
process.exit(allHeld ? 0 : 1)
