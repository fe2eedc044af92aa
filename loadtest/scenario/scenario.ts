import type { HttpAnswer } from '../http/answer.ts'

/** Milliseconds, or a range of which each pause takes one at random. */
export type ThinkTime = number | readonly [fromMs: number, toMs: number]

/** A row of test data: a CSV line or a JSON object. */
export type DataRow = Readonly<Record<string, string>>

export type Sending = {
  readonly headers?: Readonly<Record<string, string>>
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown
  /** Sent as `Authorization: Bearer …`. */
  readonly token?: string | undefined
  /** Statuses of 400 and above that are right here, and therefore no error. */
  readonly expect?: readonly number[]
}

/** Which of the target's tokens: the access token of a user, or the id token. */
export type TokenUse = 'access' | 'id'

/** What set-up, tear-down and steps have in common: the target. */
export type Target = {
  /** The address of a service, for example `http://localhost:3000/tokens`. */
  readonly url: (service: string) => string
  readonly token: (use: TokenUse) => string | undefined
  /** The newest confirmation code sent to a user, where the target tells; else undefined. */
  readonly code: (username: string) => Promise<string | undefined>
  /** A text that is no other's: in this run, nor in another. */
  readonly unique: () => string
  /**
   * Sends a request and waits for the answer.
   *
   * @param name under which it is counted, for example `GET /get/{token}`
   * @throws RequestFailed for a status of 400 and above that is not expected, and for no answer
   */
  readonly send: (
    name: string,
    method: string,
    url: string,
    sending?: Sending,
  ) => Promise<HttpAnswer>
}

/** One virtual user, as a step sees it. */
export type User = Target & {
  /** From 0, unique in the run. */
  readonly id: number
  /** How many steps this user has begun before this one. */
  readonly iteration: number
  /** The user's row of the data for this iteration; empty where there is none. */
  readonly row: DataRow
  /** What the user keeps from one iteration to the next. */
  readonly memory: Map<string, unknown>
  /** 0 (included) to 1 (excluded); the same for the same seed. */
  readonly random: () => number
  readonly now: () => Date
  /** Counts whether something holds; what does not is an error, and the step goes on. */
  readonly check: (name: string, holds: boolean) => void
  readonly think: (time: ThinkTime) => Promise<void>
}

export type Step<Shared> = {
  readonly name: string
  /** How often, in proportion to the other steps. */
  readonly weight: number
  /** The pause after it; the scenario's where it has none. */
  readonly thinkTime?: ThinkTime
  readonly run: (user: User, shared: Shared) => Promise<void>
}

export type Scenario<Shared = unknown> = {
  readonly name: string
  readonly description: string
  readonly thinkTime?: ThinkTime
  /** Once before the run. What it returns goes to every step; it must survive `structuredClone`. */
  readonly setUp?: (target: Target) => Promise<Shared>
  /** Once after the run, also after one that was stopped. */
  readonly tearDown?: (target: Target, shared: Shared) => Promise<void>
  readonly steps: readonly Step<Shared>[]
}

/** A request got no answer, or one that was not expected. It is counted already; the step ends. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly answered: boolean

  constructor(message: string, answered: boolean) {
    super(message)
    this.answered = answered
  }
}

/** A scenario, checked by the compiler with the type that its set-up returns. */
export function defineScenario<Shared>(scenario: Scenario<Shared>): Scenario {
  const { setUp, tearDown, steps, ...rest } = scenario
  // What the steps get is what this scenario's own set-up returned, after a structured clone.
  const own = (shared: unknown): Shared => shared as Shared
  return {
    ...rest,
    ...(setUp === undefined ? {} : { setUp }),
    ...(tearDown === undefined
      ? {}
      : { tearDown: (target: Target, shared: unknown) => tearDown(target, own(shared)) }),
    steps: steps.map((step) => ({ ...step, run: (user, shared) => step.run(user, own(shared)) })),
  }
}
