import { cpus, totalmem } from 'node:os'
import { sourceOf, type ErrorSource } from '../measure/errors.ts'
import type { SlowRequest } from '../measure/recorder.ts'
import type { Second } from '../measure/second.ts'
import { summarize, type Figures, type Summary } from '../measure/summary.ts'
import type { Plan } from '../engine/plan.ts'
import type { Outcome } from '../run/run-load.ts'
import type { Verdict } from '../pass-if/pass-if.ts'
import { generatorOf, type GeneratorFigures } from './generator-figures.ts'

/** The figures of a request as `run.json` has them: errors apart by source. */
export type RecordedFigures = Omit<Figures, 'errors'> & {
  readonly errors: Readonly<Record<ErrorSource, Readonly<Record<string, number>>>>
}

/** `run.json`: everything about a run but its seconds, and nothing secret. */
export type RunRecord = {
  readonly format: 1
  readonly id: string
  readonly scenario: string
  readonly startedAt: string
  readonly elapsedMs: number
  readonly warmUpMs: number
  readonly plan: {
    readonly model: 'closed' | 'open'
    readonly profile: Plan['profile']
    readonly users: number
    readonly rate?: number
    readonly runs?: number
    readonly delayMs: number
    readonly seed: number
    readonly workers: number
    readonly target: string
  }
  readonly all: RecordedFigures
  readonly requests: Readonly<Record<string, RecordedFigures>>
  readonly iterations: number
  /** Users at the most at once. */
  readonly usersMax: number
  readonly examples: Readonly<Record<string, string>>
  readonly slowest: readonly SlowRequest[]
  readonly generator: GeneratorFigures
  readonly environment: Readonly<Record<string, string | number>>
  readonly passIf?: Verdict
}

export type Measured = {
  readonly record: RunRecord
  readonly summary: Summary
  readonly seconds: readonly Second[]
}

/** Everything of a run that is kept. */
export function measure(o: {
  readonly id: string
  readonly scenario: string
  readonly plan: Plan
  readonly workers: number
  readonly warmUpMs: number
  readonly outcome: Outcome
}): Measured {
  const { plan, outcome, warmUpMs } = o
  const counted = outcome.seconds.filter((each) => each.second * 1000 >= warmUpMs)
  const summary = summarize(counted, Math.max(0, outcome.elapsedMs - warmUpMs) / 1000)
  const { profile, users, rate, runs, delayMs, seed, target } = plan
  const record: RunRecord = {
    format: 1,
    id: o.id,
    scenario: o.scenario,
    startedAt: outcome.startedAt.toISOString(),
    elapsedMs: outcome.elapsedMs,
    warmUpMs,
    plan: {
      model: rate === undefined ? 'closed' : 'open',
      profile,
      users,
      ...(rate === undefined ? {} : { rate }),
      ...(runs === undefined ? {} : { runs }),
      delayMs,
      seed,
      workers: o.workers,
      target: target.base,
    },
    all: recorded(summary.all),
    requests: Object.fromEntries(
      Object.entries(summary.requests).map(([name, figures]) => [name, recorded(figures)]),
    ),
    iterations: summary.iterations,
    usersMax: Math.max(0, ...outcome.seconds.map((each) => each.users)),
    examples: Object.fromEntries(outcome.examples),
    slowest: outcome.slowest.filter((each) => each.atMs >= warmUpMs),
    generator: generatorOf(counted),
    environment: environmentNow(),
  }
  return { record, summary, seconds: outcome.seconds }
}

function recorded(figures: Figures): RecordedFigures {
  const of = (source: ErrorSource): Record<string, number> =>
    Object.fromEntries(
      Object.entries(figures.errors)
        .filter(([key]) => sourceOf(key) === source)
        .map(([key, count]) => [key.slice(source.length + 1), count]),
    )
  return {
    ...figures,
    errors: {
      http: of('http'),
      transport: of('transport'),
      check: of('check'),
      scenario: of('scenario'),
    },
  }
}

const environmentNow = (): RunRecord['environment'] => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 2 ** 20),
})
