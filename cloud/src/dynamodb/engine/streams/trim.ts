import { afterPrefix, type Store } from '../../../storage/index.ts'
import { backgroundChunkItems, streamRetentionMs } from '../../limits.ts'
import { sequenceOfKey, shardPrefix } from '../layout.ts'
import { recordWrittenMs } from './stored-record.ts'
import { streamDocuments, type StreamDocument } from './stream.ts'
import type { Streams } from './streams.ts'

/**
 * Removes some of the records older than 24 hours, and streams that were disabled so long ago.
 *
 * @returns whether there may be more
 */
export async function trimStreams(store: Store, streams: Streams, nowMs: number): Promise<boolean> {
  const cutoffMs = nowMs - streamRetentionMs
  let more = false
  for (const stream of streams.all()) {
    const old = oldRecords(store, stream, cutoffMs)
    const over = stream.closed !== undefined && stream.closed.atMs <= cutoffMs
    if (old.length === 0 && !over) continue
    const remove = over && old.length === 0
    await store.write((writer) => {
      for (const key of old) writer.remove(key)
      if (remove) return streamDocuments.remove(writer, stream.arn)
      const kept = streamDocuments.get(writer, stream.arn)
      if (kept === undefined) return
      const trimmed = Math.max(kept.trimmed, ...old.map(sequenceOfKey))
      streamDocuments.put(writer, stream.arn, { ...kept, trimmed })
    })
    streams.refresh(stream.arn)
    more ||= !remove
  }
  return more
}

/** Keys of records written before the cutoff: each shard's oldest come first. */
function oldRecords(store: Store, stream: StreamDocument, cutoffMs: number): Buffer[] {
  const keys: Buffer[] = []
  for (let shard = 0; shard < stream.shards; shard++) {
    const from = shardPrefix(stream.id, shard)
    let found = 0
    for (const { key, value } of store.reader.range({ from, to: afterPrefix(from) })) {
      if (recordWrittenMs(value) > cutoffMs || ++found > backgroundChunkItems) break
      keys.push(key)
    }
  }
  return keys
}
