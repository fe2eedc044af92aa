import type { CheckpointStore, StreamShard, StreamSource } from '../ports.ts'
import { compileFilters, type RecordFilter } from './filter-pattern.ts'
import type { EventSourceDefinition } from './definition.ts'
import type { LanePorts } from './lane.ts'
import { sourceRetryMs } from './limits.ts'
import { Positions } from './positions.ts'
import { ShardPoller } from './shard-poller.ts'

export type MappingPorts = LanePorts & {
  readonly streams: StreamSource
  readonly checkpoints: CheckpointStore
}

/** One event-source mapping at work: a poller for each shard whose parents are done. */
export class Mapping {
  private readonly definition: EventSourceDefinition
  private readonly ports: MappingPorts
  private readonly filter: RecordFilter | undefined
  private readonly positions: Positions
  private readonly pollers = new Map<string, ShardPoller>()
  private started = false
  private stopped = false
  private unsubscribe: (() => void) | undefined
  private cancelRetry: (() => void) | undefined

  constructor(definition: EventSourceDefinition, ports: MappingPorts) {
    this.definition = definition
    this.ports = ports
    this.filter = compileFilters(definition.filters)
    const { checkpoints, environment, activity } = ports
    this.positions = new Positions(
      checkpointId(definition.uuid),
      checkpoints,
      environment,
      activity,
    )
  }

  start(): void {
    const { streams } = this.ports
    this.unsubscribe = streams.subscribe(this.definition.eventSourceArn, () => this.wake())
    this.wake()
  }

  /** Resolves once what was under way has ended and its positions are saved. */
  async stop(): Promise<void> {
    this.stopped = true
    this.unsubscribe?.()
    this.cancelRetry?.()
    for (const poller of this.pollers.values()) poller.stop()
    await Promise.all([...this.pollers.values()].map((poller) => poller.settled()))
    await this.positions.stop()
  }

  private wake(): void {
    if (this.stopped) return
    if (this.started) for (const poller of this.pollers.values()) poller.wake()
    if (this.pollers.size === 0) this.openShards()
  }

  /** Begins to read every shard that may be read: not done, and its parent done or gone. */
  private openShards(): void {
    if (this.stopped) return
    const shards = this.ports.streams.shards(this.definition.eventSourceArn)
    if (shards === undefined) {
      this.cancelRetry?.()
      this.cancelRetry = this.ports.environment.clock.after(sourceRetryMs, () => this.wake())
      return
    }
    if (!this.started) this.fixStart(shards)
    const known = new Set(shards.map((shard) => shard.shardId))
    this.positions.keepOnly(known)
    for (const { shardId, parentShardId } of shards) {
      if (this.isDone(shardId) || this.pollers.has(shardId)) continue
      const parentDone =
        parentShardId === undefined || !known.has(parentShardId) || this.isDone(parentShardId)
      if (parentDone) this.openShard(shardId)
    }
  }

  /** The first start decides where a mapping begins; it is saved, so that a restart does not decide anew. */
  private fixStart(shards: readonly StreamShard[]): void {
    this.started = true
    if (!this.positions.fresh) return
    this.positions.save()
    if (this.definition.startingPosition !== 'LATEST') return
    for (const { shardId, closed } of shards) {
      const after = this.ports.streams.latest(this.definition.eventSourceArn, shardId)
      const position = closed ? ({ done: true } as const) : after === undefined ? {} : { after }
      this.positions.set(shardId, position)
    }
  }

  private openShard(shardId: string): void {
    const poller = new ShardPoller(this.definition, shardId, this.positions.get(shardId)?.after, {
      ...this.ports,
      filter: this.filter,
      moved: (after) => this.positions.set(shardId, { after }),
      ended: () => this.shardEnded(shardId),
    })
    this.pollers.set(shardId, poller)
    poller.wake()
  }

  /** Children are read once the end of their parent is saved: a restart never goes back behind them. */
  private shardEnded(shardId: string): void {
    this.positions.set(shardId, { done: true })
    this.positions.whenSaved(() => {
      this.pollers.delete(shardId)
      this.openShards()
    })
  }

  private isDone(shardId: string): boolean {
    return this.positions.get(shardId)?.done === true && !this.pollers.has(shardId)
  }
}

export const checkpointId = (uuid: string): string => `event-source/${uuid}`
