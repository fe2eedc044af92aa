import { createHash } from 'node:crypto'
import { writeJson } from '../../kernel/index.ts'
import type { StreamRecord, StreamSource } from '../ports.ts'
import type { EventSourceDefinition } from './definition.ts'
import type { RecordFilter } from './filter-pattern.ts'
import { Lane, type LanePorts } from './lane.ts'
import { pageRecordsMax, readAheadBytesMax, readAheadRecordsMin, sourceRetryMs } from './limits.ts'
import { Progress } from './progress.ts'

export type PollerPorts = LanePorts & {
  readonly streams: StreamSource
  readonly filter: RecordFilter | undefined
  /** Everything up to this record is done. */
  readonly moved: (after: string) => void
  /** The shard is closed and all of it is done. */
  readonly ended: () => void
}

/** Reads one shard and hands its records to the lanes. Reads when it is woken, never by itself. */
export class ShardPoller {
  private readonly definition: EventSourceDefinition
  private readonly shardId: string
  private readonly ports: PollerPorts
  private readonly lanes: readonly Lane[]
  private readonly progress: Progress
  private readAfter: string | undefined
  private queuedBytes = 0
  private woken = false
  private stopped = false
  private readToEnd = false
  /** As much was read ahead as may be: reading goes on when a record is finished. */
  private full = false
  private cancelRetry: (() => void) | undefined

  constructor(
    definition: EventSourceDefinition,
    shardId: string,
    after: string | undefined,
    ports: PollerPorts,
  ) {
    this.definition = definition
    this.shardId = shardId
    this.ports = ports
    this.readAfter = after
    this.progress = new Progress(after)
    this.lanes = Array.from(
      { length: definition.parallelizationFactor },
      () => new Lane(definition, shardId, ports),
    )
  }

  /** Reads soon: what is asked for in one turn of the event loop is read together. */
  wake(): void {
    if (this.woken || this.stopped || this.readToEnd) return
    this.woken = true
    this.ports.activity.begin()
    setImmediate(() => {
      this.woken = false
      try {
        this.readPage()
      } finally {
        this.ports.activity.end()
      }
    })
  }

  stop(): void {
    this.stopped = true
    this.cancelRetry?.()
    for (const lane of this.lanes) lane.stop()
  }

  /** Resolves when no delivery is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.settled()))
  }

  private readPage(): void {
    if (this.stopped || this.readToEnd) return
    const room = this.room()
    this.full = room <= 0
    if (this.full) return
    const limit = Math.min(pageRecordsMax, room)
    let page
    try {
      page = this.ports.streams.read(this.definition.eventSourceArn, this.shardId, {
        limit,
        ...(this.readAfter === undefined ? {} : { after: this.readAfter }),
      })
    } catch (cause) {
      const message = `Shard ${this.shardId} could not be read; it is tried again.`
      this.ports.environment.report({ level: 'error', part: 'lambda', message, cause })
      this.cancelRetry = this.ports.environment.clock.after(sourceRetryMs, () => this.wake())
      return
    }
    for (const record of page.records) this.take(record)
    for (const lane of this.lanes) lane.kick()
    if (page.ended) {
      this.readToEnd = true
      this.checkEnd()
    } else if (page.records.length > 0) this.wake()
  }

  private room(): number {
    if (this.queuedBytes >= readAheadBytesMax) return 0
    const { batchSize, parallelizationFactor } = this.definition
    const most = Math.max(readAheadRecordsMin, 2 * batchSize * parallelizationFactor)
    return most - this.progress.outstanding
  }

  private take(record: StreamRecord): void {
    const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime } = record.dynamodb
    this.readAfter = sequenceNumber
    const step = this.progress.begin(sequenceNumber)
    const event = { ...record, eventSourceARN: this.definition.eventSourceArn }
    const text = writeJson(event).toString()
    const { filter } = this.ports
    if (filter !== undefined && !filter(JSON.parse(text))) {
      this.finish(step)
      return
    }
    const bytes = Buffer.byteLength(text)
    this.queuedBytes += bytes
    this.laneOf(record)?.push({
      sequenceNumber,
      text,
      bytes,
      createdMs: ApproximateCreationDateTime * 1000,
      readMs: this.ports.environment.clock.now(),
      finished: () => {
        this.queuedBytes -= bytes
        this.finish(step)
        if (this.full) this.wake()
      },
    })
  }

  private finish(step: Parameters<Progress['finish']>[0]): void {
    if (!this.progress.finish(step)) return
    const { position } = this.progress
    if (position !== undefined) this.ports.moved(position)
    this.checkEnd()
  }

  private checkEnd(): void {
    if (this.readToEnd && !this.stopped && this.progress.outstanding === 0) this.ports.ended()
  }

  /** "Using AWS Lambda with Amazon DynamoDB": with parallel batches, order is kept for each item. */
  private laneOf(record: StreamRecord): Lane | undefined {
    if (this.lanes.length === 1) return this.lanes[0]
    const hash = createHash('sha1').update(writeJson(record.dynamodb.Keys)).digest()
    return this.lanes[hash.readUInt32BE(0) % this.lanes.length]
  }
}
