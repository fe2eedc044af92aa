import { arn, AwsError, type Environment } from '../../kernel/index.ts'
import type { InvocationAnswer, InvokeFunction, SendToDestination } from '../ports.ts'
import type { Activity } from './activity.ts'
import { recordsDone } from './batch-answer.ts'
import type { EventSourceDefinition } from './definition.ts'
import { failureRecord, type GivenUp } from './failure-record.ts'
import { destinationAttemptsMax, payloadBytesMax, streamRetentionMs } from './limits.ts'
import { Pauses } from './pause.ts'
import { backOffMs, planRetry, wholeChunk, type Chunk } from './retry-plan.ts'

/** A record that waits for its delivery. */
export type QueuedRecord = {
  readonly sequenceNumber: string
  /** As the function receives it, JSON. */
  readonly text: string
  readonly bytes: number
  readonly createdMs: number
  readonly readMs: number
  /** Called once it was delivered or given up. */
  readonly finished: () => void
}

export type LanePorts = {
  readonly environment: Environment
  readonly activity: Activity
  readonly invoke: InvokeFunction
  readonly destinations: SendToDestination
  /** Told after each delivery, for LastProcessingResult. */
  readonly processed: (result: string) => void
}

const envelopeBytes = Buffer.byteLength('{"Records":[]}')

/**
 * Delivers the records it is given, in batches, one batch at a time and in order. A shard has as many lanes as
 * its mapping's parallelization factor; records of one item always take the same lane.
 */
export class Lane {
  private readonly definition: EventSourceDefinition
  private readonly shardId: string
  private readonly ports: LanePorts
  private readonly pauses: Pauses
  private queue: QueuedRecord[] = []
  private working = false
  private current: Promise<void> = Promise.resolve()
  private cancelWindow: (() => void) | undefined

  constructor(definition: EventSourceDefinition, shardId: string, ports: LanePorts) {
    this.definition = definition
    this.shardId = shardId
    this.ports = ports
    this.pauses = new Pauses(ports.environment.clock, ports.activity)
  }

  push(record: QueuedRecord): void {
    this.queue.push(record)
  }

  /** Begins deliveries if there is something to deliver and none is under way. */
  kick(): void {
    if (this.working || this.pauses.stopped || this.queue.length === 0) return
    this.working = true
    this.cancelWindow?.()
    this.current = this.ports.activity.during(() => this.work())
  }

  /** No further delivery is begun; one that is under way is left to end. */
  stop(): void {
    this.cancelWindow?.()
    this.pauses.stop()
  }

  /** Resolves when the delivery that is under way has ended. */
  settled(): Promise<void> {
    return this.current
  }

  private async work(): Promise<void> {
    try {
      while (!this.pauses.stopped) {
        const batch = this.takeBatch()
        if (batch === undefined) return
        await this.deliver(batch)
      }
    } finally {
      this.working = false
    }
  }

  /** The next batch; undefined when there is none, or its window is still open (a timer is set then). */
  private takeBatch(): readonly QueuedRecord[] | undefined {
    const first = this.queue[0]
    if (first === undefined) return undefined
    let count = 0
    let bytes = envelopeBytes
    let full = false
    for (const record of this.queue) {
      full =
        count === this.definition.batchSize ||
        (count > 0 && bytes + record.bytes + 1 > payloadBytesMax)
      if (full) break
      bytes += record.bytes + 1
      count++
    }
    const { clock } = this.ports.environment
    const openMs = first.readMs + this.definition.maximumBatchingWindowSeconds * 1000 - clock.now()
    if (!full && count < this.definition.batchSize && openMs > 0) {
      this.cancelWindow = clock.after(openMs, () => this.kick())
      return undefined
    }
    return this.queue.splice(0, count)
  }

  private async deliver(batch: readonly QueuedRecord[]): Promise<void> {
    let chunks: readonly Chunk<QueuedRecord>[] = [wholeChunk(batch)]
    let throttles = 0
    let lastAnswer: InvocationAnswer | undefined
    while (!this.pauses.stopped) {
      const [next, ...others] = chunks
      if (next === undefined) return
      const chunk = await this.withoutExpired(next, lastAnswer)
      if (chunk.records.length === 0) {
        chunks = others
        continue
      }
      const answer = await this.invoke(chunk.records)
      if (this.pauses.stopped && answer?.functionError !== undefined) return
      if (answer === undefined) {
        throttles++
        chunks = [chunk, ...others]
        await this.pauses.pause(backOffMs(throttles))
        continue
      }
      throttles = 0
      lastAnswer = answer
      chunks = [...(await this.settle(chunk, answer)), ...others]
    }
  }

  /** Finishes what succeeded, gives up what is to be given up; the chunks that are left. */
  private async settle(
    chunk: Chunk<QueuedRecord>,
    answer: InvocationAnswer,
  ): Promise<readonly Chunk<QueuedRecord>[]> {
    const numbers = chunk.records.map((record) => record.sequenceNumber)
    const done = recordsDone(answer, numbers, this.definition.reportBatchItemFailures)
    for (const record of chunk.records.slice(0, done)) record.finished()
    const succeeded = done === chunk.records.length
    this.ports.processed(succeeded ? 'OK' : 'PROBLEM: Function call failed')
    if (succeeded) return []
    const plan = planRetry(chunk, done, this.definition)
    if (plan.discard.length > 0) {
      const invocations = chunk.invocations + 1
      await this.giveUp('RetryAttemptsExhausted', plan.discard, invocations, answer)
    }
    await this.pauses.pause(plan.waitMs)
    return plan.next
  }

  /** Undefined when the function could not be invoked (throttled, missing): that counts as no attempt. */
  private async invoke(records: readonly QueuedRecord[]): Promise<InvocationAnswer | undefined> {
    const payload = `{"Records":[${records.map((record) => record.text).join(',')}]}`
    try {
      return await this.ports.invoke(this.definition.functionName, payload)
    } catch (error) {
      if (!(error instanceof AwsError)) {
        this.report('error', 'A function could not be invoked; it is tried again.', error)
      }
      this.ports.processed(`PROBLEM: ${error instanceof Error ? error.message : 'not invoked'}`)
      return undefined
    }
  }

  /** Gives up the records at the chunk's beginning that are too old. */
  private async withoutExpired(
    chunk: Chunk<QueuedRecord>,
    answer: InvocationAnswer | undefined,
  ): Promise<Chunk<QueuedRecord>> {
    const nowMs = this.ports.environment.clock.now()
    const ageMsMax = this.ageMsMax(chunk.invocations > 0)
    const kept = chunk.records.findIndex((record) => nowMs - record.createdMs <= ageMsMax)
    const expired = kept === -1 ? chunk.records : chunk.records.slice(0, kept)
    if (expired.length === 0) return chunk
    const last = chunk.invocations > 0 ? answer : undefined
    await this.giveUp('MaximumRecordAgeExceeded', expired, chunk.invocations, last)
    return { ...chunk, records: chunk.records.slice(expired.length) }
  }

  private ageMsMax(hasFailed: boolean): number {
    const seconds = this.definition.maximumRecordAgeSeconds
    const configuredMs = seconds === -1 ? Infinity : seconds * 1000
    return hasFailed ? Math.min(configuredMs, streamRetentionMs) : configuredMs
  }

  private async giveUp(
    condition: GivenUp['condition'],
    records: readonly QueuedRecord[],
    invocations: number,
    answer: InvocationAnswer | undefined,
  ): Promise<void> {
    const { environment } = this.ports
    const name = this.definition.functionName
    const body = failureRecord(this.definition, {
      condition,
      records,
      invocations,
      requestId: answer?.requestId ?? environment.ids.uuid(),
      functionArn: name.startsWith('arn:') ? name : arn(environment, 'lambda', `function:${name}`),
      ...(answer === undefined ? {} : { answer }),
      nowMs: environment.clock.now(),
      shardId: this.shardId,
    })
    if (!(await this.sendToDestination(body))) return
    for (const record of records) record.finished()
  }

  /** Whether the records may be passed over: false only when everything stops before they were sent. */
  private async sendToDestination(body: string): Promise<boolean> {
    const destination = this.definition.onFailureDestination
    if (destination === undefined) {
      this.report('warn', `Stream records were given up: ${body}`)
      return true
    }
    for (let attempt = 1; attempt <= destinationAttemptsMax; attempt++) {
      try {
        await this.ports.destinations(destination, body)
        return true
      } catch (error) {
        if (attempt === destinationAttemptsMax) {
          this.report('error', `${destination} did not take a failure record: ${body}`, error)
          return true
        }
      }
      await this.pauses.pause(backOffMs(attempt))
      if (this.pauses.stopped) return false
    }
    return true
  }

  private report(level: 'warn' | 'error', message: string, cause?: unknown): void {
    this.ports.environment.report({ level, part: 'lambda', message, cause })
  }
}
