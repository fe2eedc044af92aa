import { AwsError, type Clock } from '../../kernel/index.ts'
import type { FunctionDefinition } from '../functions/definition.ts'
import type { LambdaLimits } from '../limits.ts'
import type { Capacity } from './capacity.ts'
import type {
  EnvironmentListener,
  ExecutionEnvironment,
  OutcomeOf,
} from './execution-environment.ts'
import type { Invocation } from './invocation.ts'
import { Line } from './line.ts'
import type { Pressure } from './pressure.ts'

export type PoolOptions = {
  readonly clock: Clock
  readonly definition: FunctionDefinition
  readonly limits: LambdaLimits
  readonly capacity: Capacity
  readonly pressure: Pressure
  readonly start: (listener: EnvironmentListener) => ExecutionEnvironment
}

/** How much the newest duration counts in a function's average. */
const AVERAGE_WEIGHT = 0.2
/** So many looks in a row must find the same request waiting: one long pause of this thread is no reason to grow. */
const LOOKS_BEFORE_GROWTH = 2

/**
 * The execution environments of one function and the line of requests before them. It hands requests to the oldest
 * free environment, a few ahead while the function is fast, so that the others fall idle; it starts another when
 * requests wait noticeably, and retires those that stay idle.
 */
export class FunctionPool {
  readonly #options: PoolOptions
  readonly #environments: ExecutionEnvironment[] = []
  readonly #waiting = new Line<Invocation>()
  readonly #listener: EnvironmentListener
  readonly #leave: () => void
  #averageMs = 0
  #lastReadyMs = 0
  #lastFinishedMs = 0
  #looks = 0
  #isLooking = false
  #isRetiring = false
  #isDraining = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#listener = {
      ready: () => {
        this.#lastReadyMs = this.#now()
        this.#pump()
        this.#retireLater()
      },
      finished: (environment, durationMs) => {
        this.#lastFinishedMs = this.#now()
        this.#averageMs += (durationMs - this.#averageMs) * AVERAGE_WEIGHT
        if (this.#waiting.length > 0) this.#pump()
        if (environment.load === 0) this.#retireLater()
      },
      initFailed: (_, outcome) => this.#failWaiting(outcome),
      ended: (environment, unstarted) => this.#forget(environment, unstarted),
    }
    this.#leave = options.capacity.join({
      idleSinceMs: () => this.#longestIdle()?.idleSinceMs,
      evict: () => this.#retire(this.#longestIdle()),
      wake: () => {
        if (this.#waiting.length > 0) this.#lookLater()
      },
    })
  }

  /** Requests that run or wait. */
  get load(): number {
    let load = this.#waiting.length
    for (const environment of this.#environments) load += environment.load
    return load
  }
  get environments(): number {
    return this.#environments.length
  }

  /** @throws AwsError TooManyRequestsException when the line is full or the reserved concurrency is used up */
  enqueue(invocation: Invocation): void {
    const { definition, limits } = this.#options
    const { reservedConcurrency } = definition
    if (reservedConcurrency !== undefined && this.load >= reservedConcurrency) {
      throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded')
    }
    if (this.#waiting.length >= limits.queueLengthMax) {
      throw throttled('ConcurrentInvocationLimitExceeded')
    }
    this.#waiting.push(invocation)
    this.#pump()
  }

  /** Takes no more requests; ends when those it has are answered. Called when the function is replaced or removed. */
  drain(): void {
    this.#isDraining = true
    this.#retireIdle()
  }

  /** Ends all environments; what still runs or waits is rejected with `reason`. */
  async close(reason: Error): Promise<void> {
    this.#isDraining = true
    this.#leave()
    for (const invocation of this.#waiting.takeAll()) invocation.reject(reason)
    const environments = [...this.#environments]
    for (const environment of environments) environment.abandon(reason)
    await Promise.all(environments.map(async (each) => each.close()))
  }

  #now(): number {
    return this.#options.clock.now()
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const environment = this.#free()
      if (environment === undefined) break
      const invocation = this.#waiting.shift()
      if (invocation !== undefined) environment.offer(invocation)
    }
    if (this.#waiting.length > 0 && this.#environments.length === 0) this.#start()
    if (this.#isAnyWaiting()) this.#lookLater()
  }

  /** The oldest environment that is idle, or one that takes requests ahead. */
  #free(): ExecutionEnvironment | undefined {
    const { limits } = this.#options
    const isFast = this.#averageMs <= limits.prefetchWhileMs
    const nowMs = this.#now()
    let best: ExecutionEnvironment | undefined
    for (const environment of this.#environments) {
      if (environment.state !== 'ready') continue
      if (environment.load === 0) return environment
      const isMoving = nowMs - environment.headSinceMs < limits.growthCheckMs
      if (!isFast || !isMoving || environment.load >= limits.prefetchMax) continue
      if (environment.load < (best?.load ?? Infinity)) best = environment
    }
    return best
  }

  #isAnyWaiting(): boolean {
    return (
      this.#waiting.length > 0 ||
      this.#environments.some((each) => each.waitingSinceMs !== undefined)
    )
  }

  #lookLater(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    this.#options.clock.after(this.#options.limits.growthCheckMs, () => {
      this.#isLooking = false
      this.#look()
    })
  }

  /** Looks at who waits, and how long: takes back what was handed over ahead in vain, starts another environment. */
  #look(): void {
    const { limits } = this.#options
    this.#takeBackStuck()
    const oldestMs = this.#oldestWaitingMs()
    if (oldestMs === undefined) {
      this.#looks = 0
      return
    }
    const waitedMs = this.#now() - Math.max(oldestMs, this.#lastReadyMs)
    const isNoticeable = Math.min(waitedMs, this.#backlogMs()) >= limits.growAfterMs
    this.#looks = isNoticeable ? this.#looks + 1 : 0
    if (this.#looks >= LOOKS_BEFORE_GROWTH && this.#mayGrow(waitedMs)) {
      this.#looks = 0
      this.#start()
    }
    this.#pump()
    this.#lookLater()
  }

  #mayGrow(waitedMs: number): boolean {
    const { limits, capacity, pressure } = this.#options
    const starting = this.#environments.filter((each) => each.state === 'starting').length
    if (starting === this.#environments.length) return false
    if (starting >= Math.min(limits.startingMax, this.#waiting.length)) return false
    if (this.#environments.length >= limits.environmentsPerFunctionMax) return false
    // All gauges are asked, so that their windows go on.
    const waiting = this.#environments.filter((each) => each.state === 'ready' && each.isWaiting())
    const isCloudBusy = pressure.onCloud()
    if (!pressure.onProcessors()) return true
    if (waiting.length === this.#environments.length - starting) {
      if (!isCloudBusy) return true
      // They may be waiting for the cloud's own thread, which more of them would only keep from catching up; or for a
      // timer. All functions together get one more environment at a time.
      return Math.min(waitedMs, capacity.takenMsAgo()) >= limits.growAfterWhenBusyMs
    }
    // The processors are the limit: another environment would only share them, and be slower than those that are
    // warm. Unless nothing moves at all: then they are stuck in loops, and a new one gets its share.
    const stillMs = this.#now() - Math.max(this.#lastFinishedMs, this.#lastReadyMs)
    return starting === 0 && Math.min(waitedMs, stillMs) >= limits.growAfterWhenBusyMs
  }

  /** How long the environments there are would take for what is waiting, from how long requests take now. */
  #backlogMs(): number {
    const nowMs = this.#now()
    let waiting = this.#waiting.length
    let ready = 0
    let shortestMs = Infinity
    for (const environment of this.#environments) {
      if (environment.state !== 'ready') continue
      ready++
      waiting += Math.max(0, environment.load - 1)
      const headMs = environment.load > 0 ? nowMs - environment.headSinceMs : 0
      shortestMs = Math.min(shortestMs, headMs)
    }
    return ready === 0 ? 0 : (Math.max(this.#averageMs, shortestMs) * waiting) / ready
  }

  #oldestWaitingMs(): number | undefined {
    let oldestMs = this.#waiting.first?.queuedMs
    for (const { waitingSinceMs } of this.#environments) {
      if (waitingSinceMs === undefined) continue
      oldestMs = Math.min(oldestMs ?? Infinity, waitingSinceMs)
    }
    return oldestMs
  }

  /** Requests behind one that takes long go back to the line, to whoever is free first. */
  #takeBackStuck(): void {
    const { limits } = this.#options
    const nowMs = this.#now()
    for (const environment of this.#environments) {
      if (environment.waitingSinceMs === undefined) continue
      const headMs = nowMs - environment.headSinceMs
      if (headMs < limits.growthCheckMs) continue
      this.#averageMs = Math.max(this.#averageMs, headMs)
      this.#waiting.pushBack(environment.recall())
    }
  }

  #start(): void {
    const { capacity } = this.#options
    if (!capacity.take()) return
    try {
      this.#environments.push(this.#options.start(this.#listener))
    } catch (error) {
      capacity.free()
      for (const invocation of this.#waiting.takeAll()) invocation.reject(error as Error)
    }
  }

  #forget(environment: ExecutionEnvironment, unstarted: readonly Invocation[]): void {
    const at = this.#environments.indexOf(environment)
    if (at >= 0) this.#environments.splice(at, 1)
    if (unstarted.length > 0) this.#waiting.pushBack(unstarted)
    this.#options.capacity.free()
    // In a turn of its own: an environment that failed to start has yet to answer those who wait for it.
    queueMicrotask(() => this.#pump())
    if (this.#isDraining && this.#environments.length === 0 && this.#waiting.length === 0) {
      this.#leave()
    }
  }

  /** The function cannot be initialised: all that wait hear of it, unless another environment is there. */
  #failWaiting(outcome: OutcomeOf): void {
    if (this.#environments.some((each) => each.state === 'ready')) return
    for (const invocation of this.#waiting.takeAll()) {
      invocation.settle(outcome(invocation.requestId))
    }
  }

  #longestIdle(): ExecutionEnvironment | undefined {
    let longest: ExecutionEnvironment | undefined
    for (const environment of this.#environments) {
      if (environment.state !== 'ready' || environment.load > 0) continue
      if (environment.idleSinceMs < (longest?.idleSinceMs ?? Infinity)) longest = environment
    }
    return longest
  }

  #retireLater(): void {
    if (this.#isDraining) return this.#retireIdle()
    if (this.#isRetiring) return
    this.#isRetiring = true
    this.#options.clock.after(this.#options.limits.surplusIdleMs, () => {
      this.#isRetiring = false
      this.#retireIdle()
      if (this.#environments.length > 0) this.#retireLater()
    })
  }

  #retireIdle(): void {
    const { surplusIdleMs, lastIdleMs } = this.#options.limits
    const nowMs = this.#now()
    for (const environment of this.#environments.toReversed()) {
      if (environment.state !== 'ready' || environment.load > 0) continue
      const patienceMs = this.#environments.length > 1 ? surplusIdleMs : lastIdleMs
      const isTired = nowMs - environment.idleSinceMs >= patienceMs
      if (isTired || (this.#isDraining && this.#waiting.length === 0)) this.#retire(environment)
    }
  }

  #retire(environment: ExecutionEnvironment | undefined): void {
    // Nothing runs in it: closing has no outcome but the thread's end.
    if (environment !== undefined) void environment.close()
  }
}

const throttled = (reason: string): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    details: { Reason: reason },
  })
