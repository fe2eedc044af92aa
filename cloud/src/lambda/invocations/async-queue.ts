import { AwsError, type Environment } from '../../kernel/index.ts'
import type { Outcome } from '../environments/invocation.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import {
  asyncEventAgeSecondsDefault,
  asyncRetriesDefault,
  asyncRetryDelaysMs,
  asyncThrottleDelayMsMax,
  asyncThrottleDelayMsMin,
  type LambdaLimits,
} from '../limits.ts'
import type { SendToDestination } from '../ports.ts'
import { failureRecord, type FailureCondition } from './failure-record.ts'
import type { RunInvocation } from './run.ts'

export type AsyncQueueOptions = {
  readonly environment: Environment
  readonly registry: FunctionRegistry
  readonly run: RunInvocation
  readonly destinations: SendToDestination
  readonly limits: LambdaLimits
}

/** An event that a function will get, sooner or later. */
export type AsyncEvent = {
  readonly functionName: string
  readonly payload: string
  readonly requestId: string
  readonly clientContext: string
}

type Waiting = AsyncEvent & { readonly acceptedMs: number; attempts: number; throttles: number }

/**
 * Asynchronous invocations ("How Lambda handles errors and retries with asynchronous invocation"): a function's
 * error is retried twice, after one and two minutes; throttles are retried with growing waits until the event is
 * too old; what fails for good goes to the on-failure destination. Events wait in memory:
 * those left when the cloud stops are forgotten, where AWS would keep them.
 */
export class AsyncQueue {
  readonly #options: AsyncQueueOptions
  readonly #lines = new Map<string, { readonly waiting: Waiting[]; running: number }>()
  readonly #timers = new Set<() => void>()
  #count = 0
  #bytes = 0
  #isClosed = false

  constructor(options: AsyncQueueOptions) {
    this.#options = options
  }

  /** @throws AwsError TooManyRequestsException (429) when too many events wait */
  accept(event: AsyncEvent): void {
    const { limits, environment } = this.#options
    const bytes = this.#bytes + event.payload.length
    if (this.#count >= limits.asyncQueueLengthMax || bytes > limits.asyncQueueBytesMax) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
        status: 429,
        details: { Reason: 'CallerRateLimitExceeded' },
      })
    }
    this.#count++
    this.#bytes = bytes
    this.#wait({ ...event, acceptedMs: environment.clock.now(), attempts: 0, throttles: 0 })
  }

  get length(): number {
    return this.#count
  }

  /** Stops; events that still wait are forgotten. */
  close(): void {
    this.#isClosed = true
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
    this.#lines.clear()
  }

  #wait(event: Waiting): void {
    let line = this.#lines.get(event.functionName)
    if (line === undefined) {
      line = { waiting: [], running: 0 }
      this.#lines.set(event.functionName, line)
    }
    line.waiting.push(event)
    this.#advance(event.functionName)
  }

  #advance(functionName: string): void {
    const line = this.#lines.get(functionName)
    if (line === undefined || line.running >= this.#options.limits.asyncConcurrencyMax) return
    const event = line.waiting.shift()
    if (event === undefined) return
    line.running++
    void this.#attempt(event).finally(() => {
      line.running--
      if (line.running === 0 && line.waiting.length === 0) this.#lines.delete(functionName)
      if (!this.#isClosed) this.#advance(functionName)
    })
  }

  async #attempt(event: Waiting): Promise<void> {
    const target = this.#options.registry.find(event.functionName)
    if (target === undefined) return this.#settle(event)
    const { definition } = target
    if (
      this.#ageMs(event) >
      (definition.maximumEventAgeSeconds ?? asyncEventAgeSecondsDefault) * 1000
    ) {
      return this.#giveUp(event, 'EventAgeExceeded')
    }
    let outcome: Outcome
    try {
      const { requestId, clientContext } = event
      outcome = await this.#options.run(target, event.payload, { requestId, clientContext })
    } catch {
      if (definition.reservedConcurrency === 0)
        return this.#giveUp(event, 'ZeroReservedConcurrency')
      const delayMs = asyncThrottleDelayMsMin * 2 ** Math.min(event.throttles++, 20)
      return this.#retry(event, Math.min(delayMs, asyncThrottleDelayMsMax))
    }
    event.attempts++
    if (!outcome.failed) return this.#settle(event)
    const retries = definition.maximumRetryAttempts ?? asyncRetriesDefault
    if (event.attempts > retries) return this.#giveUp(event, 'RetriesExhausted', outcome)
    this.#retry(event, asyncRetryDelaysMs[event.attempts - 1] ?? 0)
  }

  #ageMs(event: Waiting): number {
    return this.#options.environment.clock.now() - event.acceptedMs
  }

  #retry(event: Waiting, delayMs: number): void {
    if (this.#isClosed) return
    const cancel = this.#options.environment.clock.after(delayMs, () => {
      this.#timers.delete(cancel)
      this.#wait(event)
    })
    this.#timers.add(cancel)
  }

  #settle(event: Waiting): void {
    this.#count--
    this.#bytes -= event.payload.length
  }

  async #giveUp(event: Waiting, condition: FailureCondition, outcome?: Outcome): Promise<void> {
    this.#settle(event)
    const { registry, environment, destinations } = this.#options
    const definition = registry.find(event.functionName)?.definition
    if (definition?.onFailure === undefined) return
    const record = failureRecord({
      timestampMs: environment.clock.now(),
      requestId: event.requestId,
      functionArn: definition.arn,
      condition,
      attempts: event.attempts,
      payload: event.payload,
      ...(outcome === undefined ? {} : { outcome }),
    })
    try {
      await destinations(definition.onFailure, record)
    } catch (cause) {
      const message = `The on-failure destination ${definition.onFailure} of ${definition.name} did not take a record.`
      environment.report({ level: 'error', part: 'lambda', message, cause })
    }
  }
}
