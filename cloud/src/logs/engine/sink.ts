import type { Environment } from '../../kernel/index.ts'
import type { Store, Writer } from '../../storage/index.ts'
import { messageBytesMax, sinkBytesMax, transactionEventsMax } from '../limits.ts'
import { appendEvents, type InputEvent } from './append.ts'
import { storedBytes } from './blocks.ts'
import { newGroup } from './new-group.ts'
import { groupRecords, streamId, streamRecords } from './records.ts'
import type { Serials } from './serials.ts'

type Pending = { readonly group: string; readonly stream: string; readonly event: InputEvent }
export type Written = (group: string, stream: string, events: readonly InputEvent[]) => void

/**
 * Takes log events from inside the process: at once, without ever failing the caller. What comes while a
 * transaction is under way goes with the next one; what is more than may wait is dropped and reported.
 */
export class Sink {
  private pending: Pending[] = []
  private pendingBytes = 0
  private dropped = 0
  private flushing = false
  /** Events taken, and those of them that were stored or given up, since the beginning. */
  private taken = 0
  private settled = 0
  private waiting: { readonly until: number; readonly resolve: () => void }[] = []
  private readonly environment: Environment
  private readonly store: Store
  private readonly serials: Serials
  private readonly written: Written

  constructor(environment: Environment, store: Store, serials: Serials, written: Written) {
    this.environment = environment
    this.store = store
    this.serials = serials
    this.written = written
  }

  write(group: string, streamName: string, events: readonly InputEvent[]): void {
    const stream = streamName.replaceAll(/[:*\0]/g, '_') // what CreateLogStream would refuse
    for (const { timestamp, message } of events) {
      const event = { timestamp: Math.max(0, Math.floor(timestamp)), message: cut(message) }
      const bytes = storedBytes(event.message)
      if (this.pendingBytes + bytes > sinkBytesMax) {
        this.dropped++
        continue
      }
      this.pendingBytes += bytes
      this.taken++
      this.pending.push({ group, stream, event })
    }
    if (this.flushing) return
    this.flushing = true
    void this.flush()
  }

  /** Resolves once everything that was taken before is stored (or could not be). */
  async flushed(): Promise<void> {
    const until = this.taken
    if (this.settled >= until) return
    await new Promise<void>((resolve) => this.waiting.push({ until, resolve }))
  }

  private async flush(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)) // what one turn brings is written together
    while (this.pending.length > 0) {
      const batch = this.pending.splice(0, transactionEventsMax)
      for (const { event } of batch) this.pendingBytes -= storedBytes(event.message)
      const groups = byStream(batch)
      try {
        const nowMs = this.environment.clock.now()
        const serial = this.serials.take(batch.length + groups.length)
        await this.store.write((writer) => this.append(writer, groups, { nowMs, serial }))
        for (const { group, stream, events } of groups) this.written(group, stream, events)
      } catch (cause) {
        this.report(`${batch.length} log events could not be written.`, cause)
      }
      this.settle(batch.length)
    }
    if (this.dropped > 0) this.report(`${this.dropped} log events came too fast and were dropped.`)
    this.dropped = 0
    this.flushing = false
  }

  private settle(count: number): void {
    this.settled += count
    const waiting = this.waiting
    this.waiting = waiting.filter(({ until }) => until > this.settled)
    for (const { until, resolve } of waiting) if (until <= this.settled) resolve()
  }

  private append(
    writer: Writer,
    batches: readonly Batch[],
    at: { nowMs: number; serial: number },
  ): void {
    let { serial } = at
    for (const { group: name, stream: streamName, events } of batches) {
      const group = groupRecords.get(writer, name) ?? newGroup(name, serial, at.nowMs)
      const stream = streamRecords.get(writer, streamId(name, streamName)) ?? {
        name: streamName,
        createdMs: at.nowMs,
      }
      appendEvents(writer, group, stream, events, { nowMs: at.nowMs, serial: serial + 1 })
      serial += events.length + 1
    }
  }

  private report(message: string, cause?: unknown): void {
    this.environment.report({ level: 'warn', part: 'logs', message, cause })
  }
}

type Batch = { readonly group: string; readonly stream: string; readonly events: InputEvent[] }

function byStream(batch: readonly Pending[]): Batch[] {
  const found = new Map<string, Batch>()
  for (const { group, stream, event } of batch) {
    const id = streamId(group, stream)
    const entry = found.get(id) ?? { group, stream, events: [] }
    entry.events.push(event)
    found.set(id, entry)
  }
  return [...found.values()]
}

/** AWS refuses events that are too long; output of a function is cut instead. */
function cut(message: string): string {
  if (message.length * 3 <= messageBytesMax || Buffer.byteLength(message) <= messageBytesMax) {
    return message
  }
  // A character that is cut in two becomes U+FFFD, which takes up to two bytes more.
  return Buffer.from(message).toString('utf8', 0, messageBytesMax - 2)
}
