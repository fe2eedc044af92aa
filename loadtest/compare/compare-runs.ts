import type { Profile } from '../engine/profile.ts'
import { merged } from '../measure/histogram.ts'
import type { RequestSecond } from '../measure/recorder.ts'
import { joinCounts, type Second } from '../measure/second.ts'
import type { KeptRun } from '../report/run-folder.ts'
import { seededRandom } from '../scenario/random.ts'
import {
  comparedFigures,
  interval95,
  resample,
  sampleOf,
  type ComparedFigure,
  type Interval,
} from './bootstrap.ts'

export type Verdict = 'better' | 'worse' | 'no difference seen'

/** One figure of two runs. `change` is (b − a) / a; for errors, which may be zero, b − a. */
export type Compared = {
  readonly figure: ComparedFigure
  readonly a: number
  readonly b: number
  readonly aInterval: Interval | undefined
  readonly bInterval: Interval | undefined
  readonly change: number
  readonly changeInterval: Interval | undefined
  readonly verdict: Verdict
}

export type Comparison = {
  readonly a: KeptRun
  readonly b: KeptRun
  readonly all: readonly Compared[]
  readonly requests: Readonly<Record<string, readonly Compared[]>>
  /** What makes the runs unlike each other, beside what is compared. */
  readonly unlike: readonly string[]
}

const ROUNDS = 400
/** The same every time, so that the same two runs compare the same. */
const SEED = 20_260_101

/** Compares two runs, with 95 % intervals by the bootstrap over whole seconds. */
export function compareRuns(a: KeptRun, b: KeptRun): Comparison {
  const names = Object.keys(a.record.requests).filter((name) =>
    Object.hasOwn(b.record.requests, name),
  )
  const of = (run: KeptRun, name?: string): RequestSecond[] =>
    measuredSeconds(run).map((second) => requestsIn(second, name))
  return {
    a,
    b,
    all: compare(of(a), of(b)),
    requests: Object.fromEntries(names.map((name) => [name, compare(of(a, name), of(b, name))])),
    unlike: differencesOf(a, b),
  }
}

/** The whole seconds after the warm-up; all there are where none is whole. */
function measuredSeconds({ record, seconds }: KeptRun): readonly Second[] {
  const warm = seconds.filter((each) => each.second * 1000 >= record.warmUpMs)
  const whole = warm.filter((each) => (each.second + 1) * 1000 <= record.elapsedMs)
  return whole.length > 0 ? whole : warm
}

function requestsIn(second: Second, name: string | undefined): RequestSecond {
  if (name !== undefined) {
    const found = Object.hasOwn(second.requests, name) ? second.requests[name] : undefined
    return found ?? { durations: { count: 0, sumMs: 0, maxMs: 0, counts: [] }, errors: {} }
  }
  const parts = Object.values(second.requests)
  return {
    durations: merged(parts.map((each) => each.durations)).data(),
    errors: joinCounts([...parts.map((each) => each.errors), second.errors]),
  }
}

function compare(a: readonly RequestSecond[], b: readonly RequestSecond[]): Compared[] {
  const random = seededRandom(SEED)
  const [wholeA, wholeB] = [sampleOf(a), sampleOf(b)]
  const [drawnA, drawnB] = [resample(a, ROUNDS, random), resample(b, ROUNDS, random)]
  return comparedFigures.map((figure) => {
    const changeOf = (from: number, to: number): number =>
      figure === 'errors' ? to - from : (to - from) / from
    const changes = drawnA.map((each, at) =>
      changeOf(each[figure], drawnB[at]?.[figure] ?? Number.NaN),
    )
    const changeInterval = interval95(changes)
    return {
      figure,
      a: wholeA[figure],
      b: wholeB[figure],
      aInterval: interval95(drawnA.map((each) => each[figure])),
      bInterval: interval95(drawnB.map((each) => each[figure])),
      change: changeOf(wholeA[figure], wholeB[figure]),
      changeInterval,
      verdict: verdictOf(figure, changeInterval),
    }
  })
}

function verdictOf(figure: ComparedFigure, interval: Interval | undefined): Verdict {
  if (interval === undefined || (interval[0] <= 0 && interval[1] >= 0)) return 'no difference seen'
  const grew = interval[0] > 0
  return grew === (figure === 'requests/s') ? 'better' : 'worse'
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

/** For example `ramp-up 6 s, ramp-up 2 s`. */
const profileText = ({ name, durationMs, ...rest }: Profile): string =>
  [
    `${name} ${durationMs / 1000} s`,
    ...Object.entries(rest).map(([what, value]) =>
      what.endsWith('Ms') ? `${what.slice(0, -2)} ${value / 1000} s` : `${what} ${value}`,
    ),
  ].join(', ')

function differencesOf({ record: a }: KeptRun, { record: b }: KeptRun): string[] {
  const found: string[] = []
  const note = (what: string, one: unknown, other: unknown): void => {
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      found.push(`${what}: ${plain(one)} and ${plain(other)}`)
    }
  }
  note('scenario', a.scenario, b.scenario)
  note('profile', profileText(a.plan.profile), profileText(b.plan.profile))
  note('users', a.plan.users, b.plan.users)
  note('rate', a.plan.rate ?? null, b.plan.rate ?? null)
  note('workers', a.plan.workers, b.plan.workers)
  note('environment', a.environment, b.environment)
  return found
}
