import { errorKey, type ErrorCounts, type ErrorSource } from './errors.ts'
import { Histogram, type HistogramData } from './histogram.ts'

/** One request's figures of one second. */
export type RequestSecond = {
  readonly durations: HistogramData
  readonly errors: ErrorCounts
}

/** What one worker saw in one second of the run. */
export type WorkerSecond = {
  /** From the start of the run. */
  readonly second: number
  readonly requests: Readonly<Record<string, RequestSecond>>
  /** Errors of no single request: checks, and bugs in the scenario. */
  readonly errors: ErrorCounts
  readonly iterations: number
  readonly users: number
  /** The worker itself: the share of the second in which its event loop was busy, and by how much it was late at worst. */
  readonly busy: number
  readonly lagMs: number
}

/** A request that took long. */
export type SlowRequest = {
  readonly name: string
  readonly ms: number
  /** When it ended, from the start of the run. */
  readonly atMs: number
  readonly outcome: string
}

const SLOWEST_KEPT = 20

type Tally = { readonly durations: Histogram; readonly errors: Map<string, number> }

/** Counts what happens in the current second, and remembers the slowest requests of all. */
export class Recorder {
  readonly #tallies = new Map<string, Tally>()
  readonly #errors = new Map<string, number>()
  readonly #slowest: SlowRequest[] = []
  #iterations = 0

  request(name: string, ms: number, atMs: number, outcome: string, error?: ErrorSource): void {
    const tally = this.#tallyOf(name)
    tally.durations.add(ms)
    if (error !== undefined) increment(tally.errors, errorKey(error, outcome))
    if (ms > (this.#slowest[SLOWEST_KEPT - 1]?.ms ?? -1))
      this.#remember({ name, ms, atMs, outcome })
  }

  error(source: ErrorSource, kind: string): void {
    increment(this.#errors, errorKey(source, kind))
  }

  iteration(): void {
    this.#iterations++
  }

  get slowest(): readonly SlowRequest[] {
    return this.#slowest
  }

  /** The figures since the last call. */
  take(): Pick<WorkerSecond, 'requests' | 'errors' | 'iterations'> {
    const requests: [string, RequestSecond][] = []
    for (const [name, { durations, errors }] of this.#tallies) {
      if (durations.count === 0) continue
      requests.push([name, { durations: durations.data(), errors: Object.fromEntries(errors) }])
      durations.clear()
      errors.clear()
    }
    const taken = {
      requests: Object.fromEntries(requests),
      errors: Object.fromEntries(this.#errors),
      iterations: this.#iterations,
    }
    this.#errors.clear()
    this.#iterations = 0
    return taken
  }

  #tallyOf(name: string): Tally {
    const known = this.#tallies.get(name)
    if (known !== undefined) return known
    const tally = { durations: new Histogram(), errors: new Map<string, number>() }
    this.#tallies.set(name, tally)
    return tally
  }

  #remember(request: SlowRequest): void {
    const at = this.#slowest.findIndex((each) => each.ms < request.ms)
    this.#slowest.splice(at < 0 ? this.#slowest.length : at, 0, request)
    this.#slowest.length = Math.min(this.#slowest.length, SLOWEST_KEPT)
  }
}

const increment = (tally: Map<string, number>, key: string): void =>
  void tally.set(key, (tally.get(key) ?? 0) + 1)
