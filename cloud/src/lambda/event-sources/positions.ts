import type { Environment } from '../../kernel/index.ts'
import type { CheckpointStore } from '../ports.ts'
import type { Activity } from './activity.ts'
import { sourceRetryMs } from './limits.ts'
import { Pauses } from './pause.ts'

/** Where a mapping stands in a shard: after a record, at its beginning (`{}`), or past its end. */
export type ShardPosition = { readonly after?: string; readonly done?: true }

/** The checkpoint of a mapping, under its uuid: `{"shards": {"shardId-…": {"after": "123"}}}`. */
type Saved = { readonly shards: Readonly<Record<string, ShardPosition>> }

/**
 * The positions of a mapping, in memory and behind it in the checkpoint store. At most one save is under way;
 * what changes meanwhile goes with the next, so that a busy shard does not queue up writes.
 */
export class Positions {
  /** Nothing was saved before: the mapping starts for the first time. */
  readonly fresh: boolean
  private readonly shards: Map<string, ShardPosition>
  private readonly id: string
  private readonly store: CheckpointStore
  private readonly environment: Environment
  private readonly activity: Activity
  private readonly pauses: Pauses
  /** Counts changes; what was saved last; the save under way. */
  private version = 0
  private savedVersion = 0
  private waiting: { readonly until: number; readonly action: () => void }[] = []
  private saving: Promise<void> | undefined

  constructor(id: string, store: CheckpointStore, environment: Environment, activity: Activity) {
    this.id = id
    this.store = store
    this.environment = environment
    this.activity = activity
    this.pauses = new Pauses(environment.clock, activity)
    const text = store.get(id)
    this.fresh = text === undefined
    const saved = text === undefined ? { shards: {} } : (JSON.parse(text) as Saved) // our own text
    this.shards = new Map(Object.entries(saved.shards))
  }

  get(shardId: string): ShardPosition | undefined {
    return this.shards.get(shardId)
  }

  set(shardId: string, position: ShardPosition): void {
    this.shards.set(shardId, position)
    this.save()
  }

  /** Forgets shards that the stream no longer has. */
  keepOnly(shardIds: ReadonlySet<string>): void {
    for (const shardId of this.shards.keys()) {
      if (!shardIds.has(shardId)) this.shards.delete(shardId)
    }
  }

  save(): void {
    this.version++
    this.saving ??= this.activity.during(() => this.saveAll())
  }

  /** Runs `action` once all that was set until now is saved; never, if that does not come to pass. */
  whenSaved(action: () => void): void {
    const until = this.version
    if (this.savedVersion >= until) action()
    else this.waiting.push({ until, action })
  }

  /** Saves what is left; a store that fails is not tried again. */
  async stop(): Promise<void> {
    this.pauses.stop()
    await this.saving
  }

  private async saveAll(): Promise<void> {
    while (this.savedVersion < this.version) {
      const saved = await this.saveOnce()
      if (!saved && this.pauses.stopped) break
      if (!saved) await this.pauses.pause(sourceRetryMs)
      this.release()
    }
    this.saving = undefined
  }

  private release(): void {
    const waiting = this.waiting
    this.waiting = waiting.filter(({ until }) => until > this.savedVersion)
    for (const { until, action } of waiting) if (until <= this.savedVersion) action()
  }

  private async saveOnce(): Promise<boolean> {
    const { version } = this
    try {
      await this.store.put(this.id, JSON.stringify({ shards: Object.fromEntries(this.shards) }))
      this.savedVersion = version
      return true
    } catch (cause) {
      const message = 'The position in a stream could not be saved; it is tried again.'
      this.environment.report({ level: 'error', part: 'lambda', message, cause })
      return false
    }
  }
}
