import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { liveView, measure, runLoad, writeRun, type Measured } from '@cloudlet/loadtest'
import { commandLine, misused } from '../../scripts/command-line.ts'
import { startProcess, type RunningCloud } from '../chaos/running-cloud.ts'
import { targetOf } from '../load/target-of.ts'
import { memoryOf, watchMemory, type MemorySample } from './process-memory.ts'
import { findSaturation, soakPlan, type Saturation } from './saturation.ts'
import { soakPage } from './soak-page.ts'
import { trendOf, type Trend } from './trend.ts'

const USAGE = `npm run soak -- [options]

Puts the scenario mixed on a cloud of its own for a long time, at a share of what it takes at the most, and tells
whether its memory stays flat and nothing fails.

  --minutes N   for how long (30; at most 50, for the demo user's token lasts an hour)
  --share S     of the most that the cloud takes, found first (0.6)
  --out FOLDER  where the run is kept (.cloudlet/soak)
`

const MINUTES_MAX = 50
/** A shorter run may be too short to tell: then "unclear" is no failure. */
const SURE_MINUTES = 10
const PROGRESS_EVERY_S = 15

const { values } = commandLine(USAGE, {
  options: {
    minutes: { type: 'string', default: '30' },
    share: { type: 'string', default: '0.6' },
    out: { type: 'string', default: join('.cloudlet', 'soak') },
  },
})

function numberUpTo(option: string, text: string, most: number): number {
  const value = Number(text)
  if (value > 0 && value <= most) return value
  return misused(`--${option} is a number above 0, at most ${most}.`, USAGE)
}

type Soaked = {
  readonly saturation: Saturation
  readonly measured: Measured
  readonly samples: readonly MemorySample[]
}

async function soak(cloud: RunningCloud, minutes: number, share: number): Promise<Soaked> {
  console.log('Looking for the most that the cloud takes …')
  const target = await targetOf(cloud)
  const saturation = await findSaturation(target)
  for (const { users, iterationsPerSecond } of saturation.steps) {
    console.log(`  ${users} users: ${iterationsPerSecond.toFixed(0)} iterations a second`)
  }
  const rate = saturation.iterationsPerSecond * share
  console.log(`${(share * 100).toFixed(0)} % of it for ${minutes} min: ${rate.toFixed(1)} a second`)
  const plan = soakPlan(target, { rate, profile: { name: 'fixed', durationMs: minutes * 60_000 } })
  const { paint, width } = { paint: plainPaint, width: 80 }
  const view = liveView({ title: 'soak', durationMs: plan.profile.durationMs, paint, width })
  const watch = watchMemory(cloud.pid)
  const outcome = await runLoad(plan, {
    workers: 1,
    onSecond(second) {
      view.add(second)
      if (second.second % PROGRESS_EVERY_S !== PROGRESS_EVERY_S - 1) return
      console.log(`${view.line(second)}  memory ${memoryOf(cloud.pid).ownMb.toFixed(0)} MB`)
    },
  })
  const samples = watch.stop()
  const id = `${outcome.startedAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-soak`
  const measured = measure({ id, scenario: 'mixed', plan, workers: 1, warmUpMs: 0, outcome })
  return { saturation, measured, samples }
}

const asIs = (text: string): string => text
const plainPaint = { bold: asIs, dim: asIs, red: asIs, green: asIs, yellow: asIs, cyan: asIs }

function keep(folder: string, soaked: Soaked, trend: Trend, passed: boolean): void {
  const { measured, samples, saturation } = soaked
  mkdirSync(folder, { recursive: true })
  writeRun(folder, measured)
  const verdict = { passed, trend, saturation, memory: samples }
  writeFileSync(join(folder, 'soak.json'), `${JSON.stringify(verdict, null, 1)}\n`)
  writeFileSync(join(folder, 'soak.html'), soakPage(measured.record, samples, trend, passed))
}

/** @returns whether all held */
function judged({ measured }: Soaked, trend: Trend, minutes: number): boolean {
  const { all, generator, examples } = measured.record
  const errors = Math.round(all.errorRate * all.count)
  const [low, high] = trend.growthInterval
  console.log(`
${all.count} requests, ${all.perSecond.toFixed(1)} a second, p50 ${all.p50Ms.toFixed(1)} ms, p95 ${all.p95Ms.toFixed(1)} ms, p99 ${all.p99Ms.toFixed(1)} ms
${errors === 0 ? 'No error.' : `${errors} errors: ${JSON.stringify(all.errors)} ${JSON.stringify(examples)}`}
Memory of its own: ${trend.beforeMb.toFixed(0)} MB in the middle of the run, ${trend.afterMb.toFixed(0)} MB at its end.
Growth over the second half: ${trend.growthMb.toFixed(1)} MB (95 %: ${low.toFixed(1)} … ${high.toFixed(1)}; up to ${trend.toleratedMb.toFixed(1)} counts as none): ${trend.kind}.`)
  if (generator.warning !== undefined) console.log(generator.warning)
  if (trend.kind === 'unclear' && minutes < SURE_MINUTES) {
    console.log(`Too short to tell whether memory is flat: that takes ${SURE_MINUTES} minutes.`)
  }
  return (
    errors === 0 && (trend.kind === 'flat' || (trend.kind === 'unclear' && minutes < SURE_MINUTES))
  )
}

async function main(): Promise<void> {
  const minutes = numberUpTo('minutes', values.minutes, MINUTES_MAX)
  const share = numberUpTo('share', values.share, 1)
  const folder = mkdtempSync(join(tmpdir(), 'cloudlet-soak-'))
  const cloud = await startProcess(join(folder, 'data'))
  const leave = (): never => {
    process.kill(cloud.pid)
    rmSync(folder, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  try {
    const soaked = await soak(cloud, minutes, share)
    const trend = trendOf(soaked.samples.map((each) => each.ownMb))
    const passed = judged(soaked, trend, minutes)
    const kept = join(values.out, soaked.measured.record.id)
    keep(kept, soaked, trend, passed)
    console.log(`\n${passed ? 'Passed.' : 'NOT passed.'}  ${join(kept, 'soak.html')}`)
    process.exitCode = passed ? 0 : 1
  } finally {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
