import type { Environment } from '../../../kernel/index.ts'
import { afterPrefix, documents, type Store, type Writer } from '../../../storage/index.ts'
import { backgroundChunkItems } from '../../limits.ts'
import type { Background } from '../background.ts'
import { Counters } from '../counters.ts'
import { expiryPrefix, indexesPrefix, indexPrefix, itemPrefix } from '../layout.ts'
import { closeStream, type Streams } from '../streams/streams.ts'
import { streamArnOf } from '../streams/stream-arn.ts'
import type { Catalog } from './catalog.ts'
import type { Table } from './table.ts'

/** Key prefixes whose entries nobody can reach any more: removed little by little, also after a restart. */
const rubbish = documents<{ readonly prefix: string }>('dynamodb/rubbish')

type Parts = {
  readonly environment: Environment
  readonly store: Store
  readonly catalog: Catalog
  readonly streams: Streams
  readonly background: Background
}

/**
 * Deletes a table: gone at once, its items cleared away afterwards. Its stream stays readable until it is trimmed.
 *
 * @throws AwsError ResourceNotFoundException
 */
export async function removeTable(parts: Parts, table: Table): Promise<void> {
  let streamArn: string | undefined
  await parts.catalog.remove(table.name, (definition, writer) => {
    for (const prefix of [itemPrefix, indexesPrefix, expiryPrefix]) {
      discard(writer, prefix(definition.id))
    }
    if (definition.stream === undefined) return
    const last = Counters.read(writer, table.countersKey)?.lastSequence ?? 0
    closeStream(writer, streamArnOf(table.arn, definition.stream.label), {
      atMs: parts.environment.clock.now(),
      last,
    })
  })
  const { stream } = table.definition
  if (stream !== undefined) streamArn = streamArnOf(table.arn, stream.label)
  if (streamArn !== undefined) parts.streams.refresh(streamArn)
  clearRubbish(parts)
}

/** Leaves all keys that begin with a prefix to the background, inside a transaction. */
export function discard(writer: Writer, prefix: Buffer): void {
  const hex = prefix.toString('hex')
  rubbish.put(writer, hex, { prefix: hex })
}

export function discardIndex(writer: Writer, table: number, slot: number): void {
  discard(writer, indexPrefix(table, slot))
}

/** Begins to remove what was discarded, now or before a restart. */
export function clearRubbish(parts: Pick<Parts, 'store' | 'background'>): void {
  parts.background.add('clearing deleted items', () => clearSome(parts.store))
}

async function clearSome(store: Store): Promise<boolean> {
  for (const [id, { prefix }] of rubbish.list(store.reader)) {
    const from = Buffer.from(prefix, 'hex')
    await store.write((writer) => {
      const keys: Buffer[] = []
      for (const { key } of writer.range({ from, to: afterPrefix(from) })) {
        keys.push(key)
        if (keys.length === backgroundChunkItems) break
      }
      for (const key of keys) writer.remove(key)
      if (keys.length < backgroundChunkItems) rubbish.remove(writer, id)
    })
    return true
  }
  return false
}
