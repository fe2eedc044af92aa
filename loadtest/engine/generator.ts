import { HttpClient } from '../http/http-client.ts'
import { Recorder, type SlowRequest, type WorkerSecond } from '../measure/recorder.ts'
import { picker } from '../scenario/pick.ts'
import type { Scenario, Target } from '../scenario/scenario.ts'
import { closedModel } from './closed-model.ts'
import { openModel } from './open-model.ts'
import type { Plan, Seat } from './plan.ts'
import { createPauses } from './pauses.ts'
import { startPulse } from './pulse.ts'
import { senderOf, targetOf, type Client } from './target.ts'
import type { Stage } from './virtual-user.ts'

/** What a worker tells while it runs. */
export type Report =
  | { readonly kind: 'second'; readonly figures: WorkerSecond }
  | { readonly kind: 'failure'; readonly key: string; readonly message: string }
  | { readonly kind: 'done'; readonly slowest: readonly SlowRequest[]; readonly elapsedMs: number }

export type Generator = {
  /** Ends the run early; it still reports what it has. */
  readonly stop: () => void
  /** Resolves when all is reported. */
  readonly done: Promise<void>
}

/** How often users are added and the event loop is looked at. */
const TICK_MS = 20
/** In the open model arrivals are looked for at every turn of the timer. */
const OPEN_TICK_MS = 1
/** Requests under way at the end are waited for, so that slow ones are not left out, but no longer than this. */
const DRAIN_MS_MAX = 10_000

/**
 * Generates the load of one worker: starts users or arrivals by the plan and reports figures every second.
 *
 * @param report called in the same thread
 * @param client what sends; closed at the end
 */
export function startGenerator(
  plan: Plan,
  seat: Seat,
  scenario: Scenario,
  shared: unknown,
  report: (message: Report) => void,
  client: Client = new HttpClient(plan),
): Generator {
  const recorder = new Recorder()
  const startMs = performance.now()
  const now = (): number => performance.now()
  const pauses = createPauses()
  /** Kinds of failure of which a message was reported. */
  const examples = new Set<string>()
  let over = false

  const onFailure = (key: string, message: () => string): void => {
    if (!examples.has(key)) report({ kind: 'failure', key, message: message().slice(0, 500) })
    examples.add(key)
    if (plan.stopOnFailure) stop()
  }
  const send = senderOf(client, now, (name, ms, outcome, error, detail) => {
    recorder.request(name, ms, now() - startMs, outcome, error)
    if (error === undefined) return
    onFailure(`${error} ${outcome}`, () => `${name}: ${detail?.() ?? outcome}`)
  })
  const stage: Stage = {
    scenario,
    shared,
    target: targetOfUsers(plan, seat, client, now),
    pick: picker(stepsOf(scenario, plan.step)),
    recorder,
    seed: plan.seed,
    data: plan.data,
    delayMs: plan.delayMs,
    users: plan.users,
    send: (intendedMs, name, method, url, sending) => send(name, method, url, sending, intendedMs),
    over: () => over,
    pause: pauses.pause,
    onFailure,
  }
  const model =
    plan.rate === undefined ? closedModel(plan, seat, stage) : openModel(plan, seat, stage, startMs)
  const pulse = startPulse(plan.rate === undefined ? TICK_MS : OPEN_TICK_MS, (elapsedMs) => {
    const { durationMs } = plan.profile
    // Who was due before the end still comes, however late this timer is.
    if (elapsedMs < durationMs || plan.rate !== undefined)
      model.tick(Math.min(elapsedMs, durationMs))
    if (elapsedMs >= durationMs || model.finished()) stop()
  })
  const seconds = setInterval(flush, 1000)
  let second = 0
  let usersBefore: number | undefined // those of the second in which the run ended, before they left
  let end = (): void => undefined
  const ending = new Promise<void>((resolve) => {
    end = resolve
  })

  function flush(): void {
    report({
      kind: 'second',
      figures: { second, ...recorder.take(), users: usersBefore ?? model.users(), ...pulse.take() },
    })
    second++
    usersBefore = over ? 0 : undefined
  }
  function stop(): void {
    if (over) return
    over = true
    usersBefore = model.users()
    pulse.stop()
    pauses.wakeAll()
    end()
  }
  async function finish(): Promise<void> {
    await ending
    const limit = setTimeout(
      () => client.close('unfinished'),
      Math.min(plan.timeoutMs, DRAIN_MS_MAX),
    )
    await model.ended()
    clearTimeout(limit)
    clearInterval(seconds)
    const elapsedMs = now() - startMs
    flush()
    client.close()
    report({ kind: 'done', slowest: recorder.slowest, elapsedMs })
  }
  model.tick(0)
  return { stop, done: finish() }
}

/** Its own `send` is for no one here: users have theirs, which counts. */
const targetOfUsers = (plan: Plan, seat: Seat, client: Client, now: () => number): Target =>
  targetOf({
    address: plan.target,
    client,
    prefix: `${plan.runId}-${seat.worker}`,
    now,
    onRequest: () => undefined,
  })

function stepsOf(scenario: Scenario, only: string | undefined): Scenario['steps'] {
  if (only === undefined) return scenario.steps
  const step = scenario.steps.find((each) => each.name === only)
  if (step === undefined) {
    const names = scenario.steps.map((each) => each.name).join(', ')
    throw new Error(`Scenario ${scenario.name} has no step ${only}. It has: ${names}.`)
  }
  return [{ ...step, weight: 1 }]
}
