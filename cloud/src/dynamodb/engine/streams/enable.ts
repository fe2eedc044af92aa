import type { Writer } from '../../../storage/index.ts'
import type { Counters } from '../counters.ts'
import { nextNumber } from '../tables/catalog.ts'
import type { StreamSettings, StreamViewType, TableDefinition } from '../tables/definition.ts'
import { streamArnOf, streamLabelOf } from './stream-arn.ts'
import { streamDocuments } from './stream.ts'
import { closeStream } from './streams.ts'

/**
 * Opens a new stream on a table, inside the transaction that changes its definition.
 *
 * @returns the definition's new members
 */
export function openStream(
  writer: Writer,
  definition: Pick<TableDefinition, 'id' | 'name' | 'key'>,
  tableArn: string,
  options: {
    readonly viewType: StreamViewType
    readonly nowMs: number
    readonly shards: number
    readonly lastSequence: number
  },
): { readonly stream: StreamSettings; readonly latestStreamLabel: string } {
  const label = freeLabel(writer, tableArn, options.nowMs)
  const { viewType, shards } = options
  const stream = { id: nextNumber(writer, 'stream'), label, viewType, shards }
  const arn = streamArnOf(tableArn, label)
  streamDocuments.put(writer, arn, {
    id: stream.id,
    arn,
    tableName: definition.name,
    tableNumber: definition.id,
    label,
    createdMs: options.nowMs,
    viewType,
    key: definition.key,
    shards,
    first: options.lastSequence + 1,
    trimmed: options.lastSequence,
  })
  return { stream, latestStreamLabel: label }
}

/** Two streams of one table opened within a millisecond still get labels of their own. */
function freeLabel(writer: Writer, tableArn: string, nowMs: number): string {
  for (let ms = nowMs; ; ms++) {
    const label = streamLabelOf(ms)
    if (streamDocuments.get(writer, streamArnOf(tableArn, label)) === undefined) return label
  }
}

/** Ends a table's stream, inside the transaction that changes its definition. */
export function disableStream(
  writer: Writer,
  stream: StreamSettings,
  tableArn: string,
  nowMs: number,
  counters: Counters,
): void {
  closeStream(writer, streamArnOf(tableArn, stream.label), {
    atMs: nowMs,
    last: counters.lastSequence,
  })
}
