import type { Writer } from '../../../storage/index.ts'
import { Consumption, writeUnits } from '../capacity.ts'
import { Counters } from '../counters.ts'
import { changeEntries, entryOf } from '../indexes/entries.ts'
import { itemKey, pick } from '../keys.ts'
import { streamRecordKey } from '../layout.ts'
import { sizeOfStored, StoredItem } from '../stored-item.ts'
import { storedRecord, type UserIdentity } from '../streams/stored-record.ts'
import { streamArnOf } from '../streams/stream-arn.ts'
import type { Table } from '../tables/table.ts'
import type { Throttle } from '../throttle.ts'
import { changeExpiry } from '../ttl/expiry.ts'
import { equals } from '../values/index.ts'

/** The committed definition is newer than the one a write was prepared with: prepare it again. */
export class DefinitionChanged extends Error {
  override readonly name = 'DefinitionChanged'
  readonly tableName: string
  constructor(tableName: string) {
    super(`The definition of ${tableName} has changed`)
    this.tableName = tableName
  }
}

/** What requests take capacity from; `factor` 2 in transactions. */
export type Capacity = { readonly throttle: Throttle; readonly factor: number }

type Opened = { readonly table: Table; readonly counters: Counters; changed: boolean }

/** One item's place, worked out before the transaction. */
export class ItemPlace {
  readonly table: Table
  /** Where it lies in the store. */
  readonly key: Buffer
  constructor(table: Table, key: Buffer) {
    this.table = table
    this.key = key
  }

  /** The key after the table's prefix. */
  get tail(): Buffer {
    return this.key.subarray(this.table.prefix.length)
  }
}

/**
 * One storage transaction over items: each change carries its index entries, expiry entry, counters and stream
 * record with it (invariant 5). Lives inside `store.write` only.
 */
export class WriteSession {
  readonly writer: Writer
  readonly nowMs: number
  /** Streams that got records, perhaps several times each: their readers are told after the commit. */
  readonly streams: string[] = []
  private readonly region: string
  private readonly capacity: Capacity | undefined
  /** One table's, or a few. */
  private readonly opened: Opened[] = []

  constructor(writer: Writer, nowMs: number, region: string, capacity?: Capacity) {
    this.writer = writer
    this.nowMs = nowMs
    this.region = region
    this.capacity = capacity
  }

  /** @throws DefinitionChanged when the table has changed since the write was prepared */
  private open(table: Table): Opened {
    for (const each of this.opened) if (each.table.id === table.id) return each
    const counters = Counters.read(this.writer, table.countersKey)
    if (counters === undefined || counters.version !== table.definition.version) {
      throw new DefinitionChanged(table.name)
    }
    const opened = { table, counters, changed: false }
    this.opened.push(opened)
    return opened
  }

  read({ table, key }: ItemPlace): StoredItem | undefined {
    this.open(table)
    return this.writer.peek(key, (bytes, at, end) => StoredItem.read(bytes, at, end))
  }

  /** @throws Throttled when the table has no write capacity left: a request asks before it looks at an item */
  admit({ table }: ItemPlace): void {
    this.capacity?.throttle.admit('write', table)
  }

  /** What a condition check takes, or a condition that fails: as much as a write of the item. */
  look({ table }: ItemPlace, found: StoredItem | undefined): Consumption {
    const used = new Consumption()
    used.addTable(writeUnits(found?.size ?? 0))
    this.take(table, used)
    return used
  }

  /**
   * As `change`, on a request's behalf: it takes capacity.
   *
   * @throws Throttled when a global index that it changes has none left
   */
  write(
    place: ItemPlace,
    before: StoredItem | undefined,
    after: StoredItem | undefined,
  ): Consumption {
    if (this.capacity !== undefined) this.admitIndexes(place, before, after)
    const used = this.change(place, before, after)
    this.take(place.table, used)
    return used
  }

  /** As `write` of an item over whatever is there, in a table where no more than its size need be known. */
  replace(place: ItemPlace, after: StoredItem): Consumption {
    const { table, key } = place
    const opened = this.open(table)
    const used = this.store(place, opened, this.writer.peek(key, sizeOfStored), after)
    this.take(table, used)
    return used
  }

  private admitIndexes(
    { table, tail }: ItemPlace,
    before: StoredItem | undefined,
    after: StoredItem | undefined,
  ): void {
    for (const index of table.indexes) {
      const old = before && entryOf(index, before, tail)
      const next = after && entryOf(index, after, tail)
      const same =
        old === undefined || next === undefined
          ? old === next
          : old.key.equals(next.key) && old.value.bytes.equals(next.value.bytes)
      if (!same) this.capacity?.throttle.admit('write', table, index)
    }
  }

  /** Buckets are no data: what they lose to a commit that fails, or is tried again, does no harm. */
  private take(table: Table, used: Consumption): void {
    this.capacity?.throttle.take('write', table, used, this.capacity.factor)
  }

  /**
   * Puts (`after` given) or removes an item.
   *
   * @param before what `read` answered
   * @returns the write capacity it took
   */
  change(
    place: ItemPlace,
    before: StoredItem | undefined,
    after: StoredItem | undefined,
    userIdentity?: UserIdentity,
  ): Consumption {
    const { table } = place
    const opened = this.open(table)
    const used = this.store(place, opened, before?.size, after)
    if (before === undefined && after === undefined) return used
    if (table.indexes.length > 0) {
      const change = { itemTail: place.tail, before, after }
      changeEntries(this.writer, table, change, opened.counters, used)
      opened.changed = true
    }
    const { ttl } = table.definition
    if (ttl !== undefined) {
      changeExpiry(this.writer, table, ttl, { itemTail: place.tail, before, after })
    }
    if (table.definition.stream !== undefined && differ(before, after)) {
      this.record(place, opened, before, after, userIdentity)
    }
    return used
  }

  /** Puts or removes the item itself, and counts it. @param sizeBefore of the item that is there */
  private store(
    { key }: ItemPlace,
    opened: Opened,
    sizeBefore: number | undefined,
    after: StoredItem | undefined,
  ): Consumption {
    const used = new Consumption()
    used.addTable(writeUnits(Math.max(sizeBefore ?? 0, after?.size ?? 0)))
    if (sizeBefore === undefined && after === undefined) return used
    const items = (after === undefined ? 0 : 1) - (sizeBefore === undefined ? 0 : 1)
    const bytes = (after?.size ?? 0) - (sizeBefore ?? 0)
    if (items !== 0 || bytes !== 0) {
      opened.counters.add(0, items, bytes)
      opened.changed = true
    }
    if (after === undefined) this.writer.remove(key)
    else this.writer.put(key, after.value)
    return used
  }

  private record(
    { table, tail }: ItemPlace,
    opened: Opened,
    before: StoredItem | undefined,
    after: StoredItem | undefined,
    userIdentity: UserIdentity | undefined,
  ): void {
    const { stream } = table.definition
    const image = after ?? before
    if (stream === undefined || image === undefined) return
    const streamArn = streamArnOf(table.arn, stream.label)
    const sequence = opened.counters.nextSequence()
    opened.changed = true
    // The records of one partition key go to one shard, in their order.
    const shard = Math.floor((tail.readUInt16BE(0) * stream.shards) / 65_536)
    this.writer.put(
      streamRecordKey(stream.id, shard, sequence),
      storedRecord({
        streamArn,
        region: this.region,
        sequence,
        nowMs: this.nowMs,
        viewType: stream.viewType,
        keys: pick(table.key.parts, image.item),
        before,
        after,
        ...(userIdentity === undefined ? {} : { userIdentity }),
      }),
    )
    if (this.streams.at(-1) !== streamArn) this.streams.push(streamArn)
  }

  /** To be called last: writes the counters. */
  finish(): void {
    for (const { table, counters, changed } of this.opened) {
      if (changed) this.writer.put(table.countersKey, counters.toBytes())
    }
  }
}

/** A write that changes nothing leaves no stream record ("Change data capture for DynamoDB Streams"). */
function differ(before: StoredItem | undefined, after: StoredItem | undefined): boolean {
  if (before === undefined || after === undefined) return true
  if (before.bytes.equals(after.bytes)) return false
  return before.size !== after.size || !equals({ M: before.item }, { M: after.item })
}

/** Where an item lies, by its checked key attributes. */
export function placeOf(table: Table, item: Parameters<typeof itemKey>[1]): ItemPlace {
  return new ItemPlace(table, itemKey(table, item))
}
