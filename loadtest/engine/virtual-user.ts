import type { Recorder } from '../measure/recorder.ts'
import { seededRandom } from '../scenario/random.ts'
import {
  RequestFailed,
  type DataRow,
  type Scenario,
  type Step,
  type Target,
  type ThinkTime,
  type User,
} from '../scenario/scenario.ts'

/** The run is over: what is under way ends without being counted as anything. */
export class RunOver extends Error {
  override readonly name = 'RunOver'
}

/** What a run is made of, for the users of one worker. */
export type Stage = {
  readonly scenario: Scenario
  readonly shared: unknown
  readonly target: Target
  readonly pick: (random: () => number) => Step<unknown>
  readonly recorder: Recorder
  readonly seed: number
  readonly data: readonly DataRow[]
  readonly delayMs: number
  /** Users in all, so that data rows are handed out in turn. */
  readonly users: number
  /** As the target's, measured from `intendedMs` where given. */
  readonly send: (
    intendedMs: number | undefined,
    ...call: Parameters<Target['send']>
  ) => ReturnType<Target['send']>
  readonly over: () => boolean
  /** Resolves after the time, or when the run is over. */
  readonly pause: (ms: number) => Promise<void>
  readonly onFailure: (key: string, message: () => string) => void
}

/** A user of the closed model who got no answer waits a little, so that a dead target is not asked in a tight loop. */
const NO_ANSWER_PAUSE_MS = 100

const emptyRow: DataRow = {}

/** Makes a user that runs steps one after the other. */
export function virtualUser(stage: Stage, id: number) {
  const random = seededRandom(stage.seed + id * 7919)
  let iteration = -1
  let intendedMs: number | undefined
  const user: User = {
    ...stage.target,
    id,
    get iteration() {
      return iteration
    },
    get row() {
      return stage.data[(id + iteration * stage.users) % stage.data.length] ?? emptyRow
    },
    memory: new Map(),
    random,
    now: () => new Date(),
    check(name, holds) {
      if (holds) return
      stage.recorder.error('check', name)
      stage.onFailure(`check ${name}`, () => `${name} does not hold`)
    },
    think: (time) => stage.pause(thinkMs(time, random)),
    send(...call) {
      if (stage.over()) throw new RunOver()
      const intended = intendedMs
      intendedMs = undefined
      return stage.send(intended, ...call)
    },
  }

  /** Runs one step; its first request is measured from `intended` where given. Never rejects. */
  async function iterate(intended?: number): Promise<void> {
    iteration++
    intendedMs = intended
    const step = stage.pick(random)
    try {
      await step.run(user, stage.shared)
      stage.recorder.iteration()
    } catch (error) {
      if (error instanceof RunOver) return
      if (!(error instanceof RequestFailed)) blame(stage, step, error)
      else if (!error.answered && intended === undefined) await stage.pause(NO_ANSWER_PAUSE_MS)
    }
    const thinkTime = step.thinkTime ?? stage.scenario.thinkTime
    const pauseMs = stage.delayMs + (thinkTime === undefined ? 0 : thinkMs(thinkTime, random))
    if (pauseMs > 0 && intended === undefined && !stage.over()) await stage.pause(pauseMs)
  }

  return { iterate }
}

/** Counts what a step threw, other than a failed request: a mistake in the scenario, or an answer it did not foresee. */
function blame(stage: Stage, step: Step<unknown>, error: unknown): void {
  stage.recorder.error('scenario', step.name)
  stage.onFailure(`scenario ${step.name}`, () =>
    error instanceof Error ? error.message : String(error),
  )
}

function thinkMs(time: ThinkTime, random: () => number): number {
  if (typeof time === 'number') return time
  return time[0] + (time[1] - time[0]) * random()
}
