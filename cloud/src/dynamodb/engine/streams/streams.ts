import { AwsError } from '../../../kernel/index.ts'
import type { Store, Writer } from '../../../storage/index.ts'
import { Counters } from '../counters.ts'
import { countersKey, sequenceOfKey, shardPrefix, streamRecordKey } from '../layout.ts'
import { justAfter, afterPrefix } from '../../../storage/index.ts'
import { recordTextOf } from './stored-record.ts'
import { streamDocuments, type StreamDocument } from './stream.ts'

export type ReadRecord = { readonly sequence: number; readonly text: string }

/** The streams that can be read, and who waits for their records. */
export class Streams {
  private readonly store: Store
  private readonly streams = new Map<string, StreamDocument>()
  private readonly listeners = new Map<string, Set<() => void>>()

  constructor(store: Store) {
    this.store = store
    for (const [arn, stream] of streamDocuments.list(store.reader)) this.streams.set(arn, stream)
  }

  find(streamArn: string): StreamDocument | undefined {
    return this.streams.get(streamArn)
  }

  /** @throws AwsError ResourceNotFoundException */
  get(streamArn: string): StreamDocument {
    const stream = this.streams.get(streamArn)
    if (stream === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Stream: ${streamArn} not found`,
      )
    }
    return stream
  }

  /** In order of their ARNs. */
  all(): StreamDocument[] {
    return [...this.streams.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1))
  }

  /** Takes over what is committed, after a stream was enabled, disabled or removed. */
  refresh(streamArn: string): void {
    const stream = streamDocuments.get(this.store.reader, streamArn)
    if (stream === undefined) this.streams.delete(streamArn)
    else this.streams.set(streamArn, stream)
    this.announce(streamArn)
  }

  /**
   * The records of a shard after a sequence, oldest first, as many as `limit` and `bytesMax` allow (one at least).
   */
  read(
    stream: StreamDocument,
    shard: number,
    after: number,
    options: { readonly limit: number; readonly bytesMax: number },
  ): ReadRecord[] {
    const from = justAfter(streamRecordKey(stream.id, shard, after))
    const records: ReadRecord[] = []
    let bytes = 0
    for (const { key, value } of this.store.reader.range({
      from,
      to: afterPrefix(shardPrefix(stream.id, shard)),
    })) {
      bytes += value.length
      if (records.length > 0 && bytes > options.bytesMax) break
      records.push({ sequence: sequenceOfKey(key), text: recordTextOf(value) })
      if (records.length >= options.limit) break
    }
    return records
  }

  /** The sequence of the newest record of any shard; what comes later is greater. */
  lastSequence(stream: StreamDocument): number {
    if (stream.closed !== undefined) return stream.closed.last
    const counters = Counters.read(this.store.reader, countersKey(stream.tableNumber))
    return counters?.lastSequence ?? stream.first - 1
  }

  /** The newest record of one shard that is still kept. */
  latestIn(stream: StreamDocument, shard: number): number | undefined {
    const from = shardPrefix(stream.id, shard)
    for (const { key } of this.store.reader.range({ from, to: afterPrefix(from), reverse: true })) {
      return sequenceOfKey(key)
    }
    return undefined
  }

  /** Whether a closed shard holds nothing after a sequence. */
  ended(stream: StreamDocument, shard: number, after: number): boolean {
    return stream.closed !== undefined && (this.latestIn(stream, shard) ?? 0) <= after
  }

  subscribe(streamArn: string, listener: () => void): () => void {
    const listeners = this.listeners.get(streamArn) ?? new Set()
    this.listeners.set(streamArn, listeners)
    const own = (): void => listener()
    listeners.add(own)
    return () => void listeners.delete(own)
  }

  announce(streamArn: string): void {
    for (const listener of this.listeners.get(streamArn) ?? []) listener()
  }
}

/** Marks a stream as disabled inside a transaction: what it holds stays readable until it is trimmed. */
export function closeStream(
  writer: Writer,
  streamArn: string,
  closed: { readonly atMs: number; readonly last: number },
): void {
  const stream = streamDocuments.get(writer, streamArn)
  if (stream !== undefined) streamDocuments.put(writer, streamArn, { ...stream, closed })
}
